package dev.replicator.gcs.list;

import dev.replicator.store.ListRequest;
import dev.replicator.store.Page;
import dev.replicator.store.remote.NotProven;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bodies as the service writes them, and their reading by the scanner and the proof. */
final class Answers {
    static final String BUCKET = "photos";

    private Answers() {}

    static String entry(String name) {
        return "{\"name\":\"" + name + "\",\"bucket\":\"" + BUCKET + "\",\"generation\":\"1700000000000001\","
                + "\"metageneration\":\"1\",\"timeCreated\":\"2026-01-02T03:04:05.678Z\",\"size\":\"434234\","
                + "\"md5Hash\":\"HLJR7A1WjeappSm1IMTu2A==\",\"crc32c\":\"L1MZ4Q==\"}";
    }

    static String page(String... entries) {
        return "{\"kind\":\"storage#objects\",\"items\":[" + String.join(",", entries) + "]}";
    }

    static String truncated(String token, String... entries) {
        return "{\"kind\":\"storage#objects\",\"nextPageToken\":\"" + token + "\",\"items\":["
                + String.join(",", entries) + "]}";
    }

    static Page proven(String body) throws NotProven {
        return new Reader(ListRequest.everything()).read(body);
    }

    static Page proven(ListRequest request, String body) throws NotProven {
        return new Reader(request).read(body);
    }

    /** Reads the pages of one listing. */
    static final class Reader {
        private final PageScanner scanner = new PageScanner(BUCKET, true);
        private final PageProof proof;
        private final Position position;

        Reader(ListRequest request) {
            proof = new PageProof(request);
            position = new Position(
                    request.range().lo().map(key -> Offsets.atMost(key.bytes())).orElse(new byte[0]));
        }

        Page read(String body) throws NotProven {
            return read(body.getBytes(StandardCharsets.UTF_8));
        }

        Page read(byte[] body) throws NotProven {
            scanner.scan(body, body.length);
            return proof.prove(scanner, position);
        }

        boolean isDone() {
            return position.isDone();
        }
    }

    static List<String> names(Page page) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < page.count(); i++) {
            names.add(page.key(i).text());
        }
        return names;
    }
}
