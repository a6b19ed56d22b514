package dev.replicator.tests.pairs;

import dev.replicator.store.StoreSettings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** A bucket or directory, arranged and looked at behind the product's back. */
interface Side {
    /** How a job names it. */
    StoreSettings settings();

    /** Writes an object whatever is there, by this side's clock; in a directory as a new file that takes its place. */
    void put(String key, byte[] content);

    /** Changes the user metadata of an object and nothing else. */
    void describe(String key, Map<String, String> user);

    void remove(String key);

    /** Changes an object's modification time as no client can. */
    void date(String key, Instant modified);

    Instant modified(String key);

    Optional<byte[]> get(String key);

    /** User metadata, without the product's own. */
    Map<String, String> user(String key);

    /** Of all objects but the product's own. */
    SortedSet<String> keys();

    /** Size and SHA-256 of every object but the product's own. */
    default SortedMap<String, String> contents() {
        SortedMap<String, String> contents = new TreeMap<>();
        for (String key : keys()) {
            contents.put(key, Bytes.digest(get(key).orElseThrow()));
        }
        return contents;
    }

    /** Begins to watch for writes. */
    void watch();

    /** What was written, or asked to be, beside control objects since {@link #watch}; empty when nothing was. */
    String writes();
}
