package dev.replicator.testkit.contract;

import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Sets of keys that a harness' service can hold beside each other. */
final class Samples {
    private Samples() {}

    /** Those of {@code texts}, in order, that the service holds beside the ones before. */
    static List<ObjectKey> fitting(StoreHarness harness, Collection<String> texts) {
        List<ObjectKey> fitting = new ArrayList<>();
        for (String text : texts) {
            ObjectKey key = ObjectKey.of(text);
            if (harness.holds(key) && !fitting.contains(key) && goesWith(harness, key, fitting)) {
                fitting.add(key);
            }
        }
        return fitting;
    }

    static boolean goesWith(StoreHarness harness, ObjectKey key, Collection<ObjectKey> others) {
        return others.stream().allMatch(other -> harness.holdsTogether(key, other));
    }

    /** Puts an object of its own key's bytes at each key, in an order that has nothing to do with the keys'. */
    static void put(StoreHarness harness, Collection<ObjectKey> keys) {
        List<ObjectKey> shuffled = new ArrayList<>(keys);
        Collections.shuffle(shuffled, new Random(7));
        for (ObjectKey key : shuffled) {
            harness.put(key, key.bytes(), ObjectMetadata.NONE);
        }
    }

    static List<ObjectKey> sorted(Collection<ObjectKey> keys) {
        return keys.stream().sorted().toList();
    }

    static List<ObjectKey> keys(String... texts) {
        return List.of(texts).stream().map(ObjectKey::of).toList();
    }
}
