package dev.replicator.engine;

import dev.replicator.engine.Tree.Layout;
import dev.replicator.engine.Tree.Node;
import dev.replicator.engine.Tree.Relation;
import dev.replicator.job.CompareMode;
import dev.replicator.job.KeyFilter;
import dev.replicator.job.OverwriteMode;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.Capability;
import dev.replicator.testkit.memory.MemoryOptions;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random states of two buckets, and jobs over them. */
final class Trees {
    /** Keys that are hard to sort, to spell or to leave alone. Those with "tmp" in them are for the filter. */
    static final List<String> KEYS = List.of(
            "a",
            "b",
            "ab",
            "ab/",
            "a!",
            "a/b",
            "a/b/c",
            "1",
            "1/2",
            "dir/",
            "dir/x",
            "a b",
            "a+b",
            "%2F",
            "..",
            "../up",
            ".",
            "/lead",
            "a//b",
            "\u00E9",
            "e\u0301",
            "\uFFFD",
            "\uD83D\uDE00",
            "\uFFFF",
            "\u65E5\u672C/\u8A9E",
            "x\u0001y",
            "new\nline",
            "UPPER",
            "upper",
            "q\"'&<>",
            "CON",
            "z".repeat(200),
            ".replicatorx",
            "x.tmp",
            "tmp/y",
            "deep/tmp/z",
            ".replicator/marker.json",
            "sub/.replicator/x",
            ".replicator",
            "~",
            " ",
            "\u202Eevil");

    private Trees() {}

    static Arbitrary<Tree> trees() {
        Arbitrary<Node> node = Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(5, Arbitraries.just(0)),
                                Tuple.of(3, Arbitraries.just(1)),
                                Tuple.of(1, Arbitraries.just(2))),
                        Arbitraries.of(KEYS),
                        Arbitraries.of(Relation.class))
                .as(Node::new);
        return node.list()
                .uniqueElements(one -> one.folder() + one.key())
                .ofMaxSize(40)
                .map(Tree::new);
    }

    /** What kind of stores both sides are. */
    enum Route {
        SERVER_SIDE(MemoryOptions.S3_LIKE, MemoryOptions.S3_LIKE),
        STREAMED(MemoryOptions.S3_LIKE, MemoryOptions.S3_LIKE.lacking(Capability.SERVER_SIDE_COPY)),
        GENERATIONS(
                MemoryOptions.S3_LIKE.withVersions(MemoryOptions.Versions.OPAQUE),
                MemoryOptions.S3_LIKE.withVersions(MemoryOptions.Versions.OPAQUE)),
        TO_DIRECTORY(MemoryOptions.S3_LIKE, MemoryOptions.DIRECTORY_LIKE),
        FROM_DIRECTORY(MemoryOptions.DIRECTORY_LIKE, MemoryOptions.S3_LIKE.lacking(Capability.SERVER_SIDE_COPY)),
        TO_WEAK(MemoryOptions.S3_LIKE, MemoryOptions.WEAK),
        TO_BARE(MemoryOptions.BARE, MemoryOptions.BARE);

        final MemoryOptions source;
        final MemoryOptions destination;

        Route(MemoryOptions source, MemoryOptions destination) {
            this.source = source;
            this.destination = destination;
        }

        boolean keepsModified() {
            return destination.capabilities().contains(Capability.KEEPS_MODIFIED);
        }

        /** Whether listings of both sides carry comparable digests, so that a doubt costs no request. */
        boolean listsDigests() {
            return source.capabilities().contains(Capability.ETAGS)
                    && destination.capabilities().contains(Capability.ETAGS);
        }

        World world() {
            return new World(source, destination);
        }
    }

    /** A job's choices. */
    record Setting(
            Layout layout,
            Route route,
            CompareMode compare,
            OverwriteMode overwrite,
            boolean mirror,
            boolean filtered) {
        ReplicationJob job() {
            ReplicationJob job = layout.job().withCompare(compare).withOverwrite(overwrite);
            ReplicationJob scoped = filtered ? job.withFilter(KeyFilter.of(List.of(), List.of("*.tmp", "tmp/"))) : job;
            return mirror ? World.mirror(scoped) : scoped;
        }

        World planted(Tree tree) {
            World world = route.world();
            tree.plant(world, layout);
            return world;
        }
    }

    static Arbitrary<Setting> settings() {
        return Combinators.combine(
                        Arbitraries.of(Layout.class),
                        Arbitraries.of(Route.class),
                        Arbitraries.of(CompareMode.class),
                        Arbitraries.of(OverwriteMode.class),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(Setting::new)
                .filter(setting ->
                        setting.compare() != CompareMode.ETAG || setting.route().listsDigests());
    }
}
