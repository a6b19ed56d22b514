package dev.replicator.gcs.write;

import dev.replicator.gcs.client.GcsSettings;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How an object is cut into components and what those are called: {@code .replicator/tmp/c-<hash of the key>-<hash of
 * the write's operation>-<random>/01} below the store's prefix, where no run lists or compares anything.
 *
 * @param folder name of all components of one upload, but for their numbers
 * @param count 2 to 32
 * @param length bytes of all but the last
 */
record Components(String folder, int count, long length, long size) {
    /** As many as one call composes. */
    static final int MOST = 32;

    private static final String TMP = ".replicator/tmp/c-";
    private static final int LONGEST_NAME = 1024;
    /** Below so many parts, the calls that composing costs outweigh what is sent side by side. */
    private static final int FEWEST_PARTS = 4;

    /** Whether an object of that size goes as components. */
    static boolean areFor(GcsSettings settings, long size) {
        return settings.write().compositeUploads()
                && size > settings.sizes().multipartUpload()
                && size > FEWEST_PARTS * settings.sizes().partOf(size)
                && settings.prefix().getBytes(StandardCharsets.UTF_8).length < LONGEST_NAME / 2;
    }

    static Components of(GcsSettings settings, ObjectKey key, Optional<String> operation, long size) {
        String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
        String known = operation.map(id -> folders(settings, key, id)).orElseGet(() -> folders(settings, key));
        return cut(settings.sizes(), known + random + "/", size);
    }

    /** As {@link #of} cuts it, for forecasts. */
    static Components cut(TransferSizes sizes, String folder, long size) {
        long part = sizes.partOf(size);
        long wanted = Math.min(MOST, (size + part - 1) / part);
        long length = (size + wanted - 1) / wanted;
        return new Components(folder, Math.toIntExact((size + length - 1) / length), length, size);
    }

    private static String folders(GcsSettings settings, ObjectKey key) {
        return settings.prefix() + TMP + Sha256.hex(key.bytes(), 12) + "-";
    }

    /** What the names of all components begin with that this write of that key ever made. */
    static String folders(GcsSettings settings, ObjectKey key, String operation) {
        return folders(settings, key) + Sha256.hex(operation.getBytes(StandardCharsets.UTF_8), 12) + "-";
    }

    /** @param number from 1 */
    ObjectKey key(int number) {
        return ObjectKey.of(folder + String.format(Locale.ROOT, "%02d", number));
    }

    /** Bytes of that component, counted from 1. */
    long size(int number) {
        return Math.min(length, size - offset(number));
    }

    long offset(int number) {
        return (number - 1) * length;
    }
}
