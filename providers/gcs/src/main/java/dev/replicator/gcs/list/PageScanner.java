package dev.replicator.gcs.list;

import dev.replicator.store.Displays;
import dev.replicator.store.remote.NotProven;
import dev.replicator.store.remote.Span;
import dev.replicator.store.remote.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Scans an answer's body into ranges of its bytes: the listing's own fields and its entries. Fields nobody asked for are
 * read over. Reused for each page; not thread-safe.
 */
final class PageScanner {
    private static final String FIELDS =
            "kind,nextPageToken,items(bucket,name,size,generation,metageneration,timeCreated,crc32c,md5Hash";

    private static final byte[] KIND = ascii("kind");
    private static final byte[] TOKEN = ascii("nextPageToken");
    private static final byte[] ITEMS = ascii("items");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] NAME = ascii("name");
    private static final byte[] BUCKET = ascii("bucket");
    private static final byte[] SIZE = ascii("size");
    private static final byte[] GENERATION = ascii("generation");
    private static final byte[] METAGENERATION = ascii("metageneration");
    private static final byte[] CREATED = ascii("timeCreated");
    private static final byte[] CRC32C = ascii("crc32c");
    private static final byte[] MD5 = ascii("md5Hash");
    private static final int CRC32C_LENGTH = 8;
    private static final int MD5_LENGTH = 24;

    final Span kind = new Span();
    final Span token = new Span();
    final EntryColumns entries = new EntryColumns();
    private final byte[] bucket;
    private final boolean metadata;
    private final JsonCursor json = new JsonCursor();
    private final Timestamps times = new Timestamps("timeCreated");
    private boolean items;
    private boolean error;

    /** @param metadata whether to keep what tells of metadata */
    PageScanner(String bucket, boolean metadata) {
        this.bucket = bucket.getBytes(StandardCharsets.UTF_8);
        this.metadata = metadata;
    }

    /** What is asked for: nothing else travels. */
    static String fields(boolean metadata) {
        return FIELDS + (metadata ? Members.names() : "") + ")";
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] body() {
        return json.body();
    }

    /** Whether the body is an error in spite of its status. */
    boolean isError() {
        return error;
    }

    boolean equal(Span span, byte[] text) {
        return Arrays.equals(json.body(), span.from(), span.to(), text, 0, text.length);
    }

    void scan(byte[] body, int length) throws NotProven {
        kind.clear();
        token.clear();
        entries.clear();
        items = false;
        error = false;
        json.start(body, length);
        json.beginObject();
        while (json.nextMember()) {
            member();
        }
        json.end();
    }

    private void member() throws NotProven {
        if (json.is(KIND)) {
            once(kind);
        } else if (json.is(TOKEN)) {
            once(token);
        } else if (json.is(ITEMS)) {
            if (items) {
                throw new NotProven("two lists of items");
            }
            items = true;
            items();
        } else {
            error |= json.is(ERROR);
            json.skip();
        }
    }

    private void once(Span span) throws NotProven {
        if (span.isPresent()) {
            throw new NotProven("a field comes twice");
        }
        json.string();
        span.set(json.from(), json.to());
    }

    private void items() throws NotProven {
        json.beginArray();
        while (json.nextElement()) {
            json.beginObject();
            entries.open();
            while (json.nextMember()) {
                field();
            }
            entries.close();
        }
    }

    private void field() throws NotProven {
        if (json.is(NAME)) {
            json.string();
            entries.name(json.from(), json.to());
        } else if (json.is(BUCKET)) {
            json.string();
            requireBucket();
            entries.bucket();
        } else if (json.is(SIZE)) {
            entries.size(json.digits());
        } else if (json.is(GENERATION)) {
            json.digits();
            entries.generation(json.from(), json.to());
        } else if (json.is(METAGENERATION)) {
            entries.metageneration(json.digits());
        } else if (json.is(CREATED)) {
            json.string();
            times.read(json.body(), json.from(), json.to());
            entries.created(times.second(), times.nano());
        } else if (json.is(CRC32C)) {
            entries.crc32c(digest(CRC32C_LENGTH));
        } else if (json.is(MD5)) {
            entries.md5(digest(MD5_LENGTH));
        } else {
            member(metadata ? Members.of(json) : -1);
        }
    }

    private void member(int number) throws NotProven {
        int from = json.from() - 1;
        json.skip();
        if (number >= 0) {
            entries.member(number, json.body(), from, json.position());
        }
    }

    private void requireBucket() throws NotProven {
        if (!json.is(bucket)) {
            throw new NotProven("it lists another bucket, "
                    + Displays.escaped(
                            new String(json.body(), json.from(), json.to() - json.from(), StandardCharsets.UTF_8)));
        }
    }

    /** Where the digest begins; 0 when it is not of that length, as an emulator's empty one. */
    private int digest(int characters) throws NotProven {
        json.string();
        return json.to() - json.from() == characters ? json.from() : 0;
    }
}
