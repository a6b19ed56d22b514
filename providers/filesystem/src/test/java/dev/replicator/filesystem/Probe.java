package dev.replicator.filesystem;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.StoreException;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a test does to a directory in a JVM of its own: {@code ROOT (list | write KEY SIZE | read KEY)…}. Keys come and go
 * percent-encoded, so that no locale touches them. A failure prints its class.
 */
final class Probe {
    /** The first line: from here on, failing is this code's own fault. */
    static final String STARTED = "started";

    private Probe() {}

    public static void main(String[] args) throws IOException {
        System.out.println(STARTED);
        Bucket bucket = Bucket.at(Path.of(args[0]));
        for (int i = 1; i < args.length; i++) {
            switch (args[i]) {
                case "list" -> list(bucket);
                case "write" -> write(bucket, decoded(args[++i]), Integer.parseInt(args[++i]));
                case "read" -> read(bucket, decoded(args[++i]));
                default -> throw new IllegalArgumentException(args[i]);
            }
        }
    }

    private static void list(Bucket bucket) {
        try (Listing listing = bucket.store().list(ListRequest.everything())) {
            for (ObjectMeta meta : Bucket.drain(listing)) {
                System.out.println(encoded(meta.key()) + " " + meta.size() + " " + meta.note());
            }
            System.out.println(listing.complete() ? "complete" : "incomplete");
        } catch (StoreException e) {
            System.out.println(e.getClass().getSimpleName());
        }
    }

    private static void write(Bucket bucket, ObjectKey key, int size) {
        try {
            byte[] bytes = new byte[size];
            Arrays.fill(bytes, (byte) 'x');
            bucket.store().write(key, ByteArrayBody.of(bytes), Bucket.unconditionally());
            System.out.println("written");
        } catch (StoreException e) {
            System.out.println(e.getClass().getSimpleName());
        }
        System.out.println("temporary files: "
                + bucket.files().stream().filter(file -> file.contains("/tmp/")).count());
    }

    private static void read(Bucket bucket, ObjectKey key) throws IOException {
        try {
            ObjectMeta meta = bucket.store().head(key).orElseThrow();
            try (var stream = bucket.store().read(meta).open()) {
                System.out.println("read " + stream.readAllBytes().length);
            }
        } catch (StoreException e) {
            System.out.println(e.getClass().getSimpleName());
        }
    }

    private static ObjectKey decoded(String text) {
        return ObjectKey.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    }

    private static String encoded(ObjectKey key) {
        return URLEncoder.encode(key.text(), StandardCharsets.UTF_8);
    }
}
