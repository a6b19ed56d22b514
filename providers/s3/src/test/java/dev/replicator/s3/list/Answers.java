package dev.replicator.s3.list;

import dev.replicator.store.ListRequest;
import dev.replicator.store.Page;
import dev.replicator.store.remote.NotProven;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bodies of listings as servers send them, and what becomes of them. */
final class Answers {
    static final String BUCKET = "photos";
    static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">";
    static final String TAIL = "</ListBucketResult>";

    private Answers() {}

    static String entry(String key) {
        return entry(
                key, "2009-10-12T17:50:30.000Z", "&quot;fba9dede5f27731c9771645a39863328&quot;", "434234", "STANDARD");
    }

    static String entry(String key, String time, String etag, String size, String storageClass) {
        return "<Contents><Key>" + key + "</Key><LastModified>" + time + "</LastModified><ETag>" + etag
                + "</ETag><ChecksumAlgorithm>CRC32C</ChecksumAlgorithm><Size>" + size
                + "</Size><Owner><ID>1</ID><DisplayName>x</DisplayName></Owner><StorageClass>" + storageClass
                + "</StorageClass></Contents>";
    }

    /** A last page with these entries, as S3 lays it out. */
    static String page(String... entries) {
        return HEAD + "<Name>photos</Name><Prefix></Prefix><KeyCount>" + entries.length
                + "</KeyCount><MaxKeys>1000</MaxKeys><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>"
                + String.join("", entries) + TAIL;
    }

    static String truncated(String token, String... entries) {
        return page(entries)
                .replace(
                        "<IsTruncated>false</IsTruncated>",
                        "<IsTruncated>true</IsTruncated><NextContinuationToken>" + token + "</NextContinuationToken>");
    }

    static Page proven(String body) throws NotProven {
        return proven(ListRequest.everything(), body);
    }

    static Page proven(ListRequest request, String body) throws NotProven {
        return proven(request, body.getBytes(StandardCharsets.UTF_8));
    }

    static Page proven(ListRequest request, byte[] body) throws NotProven {
        return new Reader(request).read(body);
    }

    static List<String> keys(Page page) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < page.count(); i++) {
            keys.add(page.key(i).text());
        }
        return keys;
    }

    /** A listing's reading side, fed by hand. */
    static final class Reader {
        private final PageScanner scanner = new PageScanner();
        private final PageProof proof;
        private final Position position;

        Reader(ListRequest request) {
            proof = new PageProof(BUCKET, false, request);
            position = new Position(request.range()
                    .lo()
                    .map(key -> StartAfter.atMost(key.bytes()))
                    .orElse(new byte[0]));
        }

        Page read(String body) throws NotProven {
            return read(body.getBytes(StandardCharsets.UTF_8));
        }

        Page read(byte[] body) throws NotProven {
            if (scanner.scan(body, body.length) != PageScanner.Root.LISTING) {
                throw new NotProven("an error");
            }
            return proof.prove(scanner, position);
        }

        boolean isDone() {
            return position.isDone();
        }
    }
}
