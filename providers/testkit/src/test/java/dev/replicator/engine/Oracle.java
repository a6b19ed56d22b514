package dev.replicator.engine;

import dev.replicator.engine.Trees.Setting;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectKey;
import dev.replicator.testkit.memory.MemoryBucket;
import dev.replicator.testkit.memory.MemoryObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Says what a run must leave in the destination, in the most naive way: whole buckets in maps, one key after the other.
 *
 * @param destination text by key
 * @param refused whether the gate must stay closed
 */
record Oracle(Map<String, String> destination, boolean refused) {
    static Oracle of(World world, Setting setting) {
        ReplicationJob job = setting.job();
        Map<String, String> expected = new TreeMap<>(World.texts(world.prod));
        Set<String> extra = new HashSet<>();
        boolean emptySource = false;
        for (PrefixPair pair : job.paths()) {
            KeyPrefix from = job.source().uri().prefix().append(pair.from());
            KeyPrefix to = job.destination().uri().prefix().append(pair.to());
            Map<String, MemoryObject> sources = inScope(world.dev, from, setting.filtered());
            Map<String, MemoryObject> destinations = inScope(world.prod, to, setting.filtered());
            sources.forEach((key, source) -> {
                MemoryObject found = destinations.get(key);
                if (found == null || mustOverwrite(source, found, setting)) {
                    expected.put(to.text() + key, source.text());
                }
            });
            List<String> gone = destinations.keySet().stream()
                    .filter(key -> !sources.containsKey(key))
                    .map(key -> to.text() + key)
                    .toList();
            extra.addAll(gone);
            emptySource |= sources.isEmpty() && !gone.isEmpty();
        }
        boolean refused = setting.mirror() && emptySource;
        if (setting.mirror() && !refused) {
            expected.keySet().removeAll(extra);
        }
        return new Oracle(expected, refused);
    }

    private static Map<String, MemoryObject> inScope(MemoryBucket bucket, KeyPrefix prefix, boolean filtered) {
        Map<String, MemoryObject> objects = new TreeMap<>();
        for (ObjectKey key : bucket.keys()) {
            String text = key.text();
            if (text.startsWith(prefix.text()) && text.length() > prefix.text().length()) {
                String relative = text.substring(prefix.text().length());
                boolean control = Arrays.asList(relative.split("/", -1)).contains(".replicator");
                if (!control && !(filtered && relative.contains("tmp"))) {
                    objects.put(relative, bucket.get(key).orElseThrow());
                }
            }
        }
        return objects;
    }

    private static boolean mustOverwrite(MemoryObject source, MemoryObject found, Setting setting) {
        boolean newer = source.modified().isAfter(found.modified());
        return switch (setting.overwrite()) {
            case NEVER -> false;
            case IF_NEWER -> newer && differs(source, found, newer, setting);
            case IF_DIFFERENT -> differs(source, found, newer, setting);
        };
    }

    private static boolean differs(MemoryObject source, MemoryObject found, boolean newer, Setting setting) {
        boolean otherSize = source.bytes().length != found.bytes().length;
        boolean otherContent = !Arrays.equals(source.bytes(), found.bytes());
        return switch (setting.compare()) {
            case SIZE_ONLY -> otherSize;
            case ETAG, CHECKSUM -> otherContent;
            case SIZE_AND_MODIFIED -> otherSize || newer || otherContent && inDoubt(source, found, setting);
        };
    }

    /** A store that keeps its copies' times is believed where times are equal. */
    private static boolean inDoubt(MemoryObject source, MemoryObject found, Setting setting) {
        Instant from = source.modified();
        return !setting.route().keepsModified()
                && Duration.between(from, found.modified()).compareTo(Duration.ofSeconds(1)) <= 0;
    }
}
