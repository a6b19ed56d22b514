package dev.replicator.engine;

import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.testkit.memory.MemoryBucket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A random state of both buckets: for each key, how its two objects relate. */
record Tree(List<Node> nodes) {
    /** One key under one of {@link Layout}'s three folders. */
    record Node(int folder, String key, Relation relation) {}

    /** How the source's and the destination's object of one key relate. */
    enum Relation {
        ONLY_IN_SOURCE,
        ONLY_IN_DESTINATION,
        COPIED_LONG_AGO,
        COPIED_IN_THE_SAME_SECOND,
        CHANGED_IN_THE_SAME_SECOND,
        SOURCE_NEWER_SAME_SIZE,
        SOURCE_NEWER_OTHER_SIZE,
        SOURCE_OLDER_SAME_SIZE,
        SOURCE_OLDER_OTHER_SIZE,
        BOTH_EMPTY
    }

    /** Which folders of the buckets a job is about. */
    enum Layout {
        /** Everything, same keys. */
        WHOLE {
            @Override
            ReplicationJob job() {
                return World.job();
            }

            @Override
            String prefix(int folder, boolean source) {
                return folder == 0 ? "" : folder == 1 ? "public/" : "z/";
            }
        },
        /** Two prefix pairs; the third folder is nobody's business. */
        PAIRS {
            @Override
            ReplicationJob job() {
                return World.job()
                        .withPaths(List.of(
                                new PrefixPair(KeyPrefix.of("public/"), KeyPrefix.of("site/")),
                                new PrefixPair(KeyPrefix.of(".private/shared/"), KeyPrefix.of("vault/"))));
            }

            @Override
            String prefix(int folder, boolean source) {
                return switch (folder) {
                    case 0 -> source ? "public/" : "site/";
                    case 1 -> source ? ".private/shared/" : "vault/";
                    default -> source ? "publicity/" : "site-map/";
                };
            }
        },
        /** Locations with prefixes of their own. */
        LOCATIONS {
            @Override
            ReplicationJob job() {
                return World.job("memory://dev/in", "memory://prod/out/deep");
            }

            @Override
            String prefix(int folder, boolean source) {
                return switch (folder) {
                    case 0 -> source ? "in/" : "out/deep/";
                    case 1 -> source ? "in" : "out/";
                    default -> "";
                };
            }
        };

        abstract ReplicationJob job();

        abstract String prefix(int folder, boolean source);
    }

    /** Puts the objects into the world's buckets. */
    void plant(World world, Layout layout) {
        Instant now = world.clock.instant().minus(Duration.ofHours(1));
        for (Node node : nodes) {
            String from = layout.prefix(node.folder(), true) + node.key();
            String to = layout.prefix(node.folder(), false) + node.key();
            Instant old = now.minusSeconds(600);
            switch (node.relation()) {
                case ONLY_IN_SOURCE -> put(world.dev, from, "only source", old);
                case ONLY_IN_DESTINATION -> put(world.prod, to, "only destination", old);
                case COPIED_LONG_AGO -> both(world, from, "equal", old, to, "equal", now);
                case COPIED_IN_THE_SAME_SECOND -> both(world, from, "equal", now, to, "equal", now);
                case CHANGED_IN_THE_SAME_SECOND -> both(world, from, "this", now, to, "that", now);
                case SOURCE_NEWER_SAME_SIZE -> both(world, from, "new", now, to, "old", old);
                case SOURCE_NEWER_OTHER_SIZE -> both(world, from, "longer than", now, to, "old", old);
                case SOURCE_OLDER_SAME_SIZE -> both(world, from, "old", old, to, "new", now);
                case SOURCE_OLDER_OTHER_SIZE -> both(world, from, "old", old, to, "longer than", now);
                case BOTH_EMPTY -> both(world, from, "", old, to, "", now);
                default -> throw new IllegalStateException("unknown relation " + node.relation());
            }
        }
    }

    private static void both(
            World world, String from, String source, Instant sourceAt, String to, String destination, Instant at) {
        put(world.dev, from, source, sourceAt);
        put(world.prod, to, destination, at);
    }

    private static void put(MemoryBucket bucket, String key, String text, Instant modified) {
        bucket.put(
                ObjectKey.of(key),
                text.getBytes(StandardCharsets.UTF_8),
                ObjectMetadata.ofContentType("text/plain"),
                modified);
    }
}
