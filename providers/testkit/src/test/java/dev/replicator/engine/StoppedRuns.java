package dev.replicator.engine;

import static dev.replicator.engine.BaselineTest.CONTROL;
import static dev.replicator.engine.BaselineTest.media;
import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.RunOptions;
import dev.replicator.execute.MutationGuard;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.DriftSink;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.Capability;
import dev.replicator.store.KeyPrefix;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Runs that lose their lease half-way, and what they leave. */
final class StoppedRuns {
    static final ReplicationJob KEEP = World.mirror(media())
            .withOnDrift(DriftPolicy.KEEP)
            .withTransfer(media().transfer().withConcurrency(1));

    static final RunOptions PART = RunOptions.defaults().withReach(RunOptions.Reach.PART);

    private StoppedRuns() {}

    static ReplicationJob under(String prefix) {
        KeyPrefix here = KeyPrefix.of(prefix);
        return KEEP.withPaths(List.of(new PrefixPair(here, here)));
    }

    static Stream<MemoryOptions> services() {
        MemoryOptions s3 = MemoryOptions.S3_LIKE;
        MemoryOptions opaque = s3.withVersions(MemoryOptions.Versions.OPAQUE);
        return Stream.of(
                s3,
                s3.lacking(Capability.SERVER_SIDE_COPY),
                opaque.lacking(Capability.SERVER_SIDE_COPY),
                MemoryOptions.GCS_LIKE,
                MemoryOptions.GCS_LIKE.lacking(Capability.SERVER_SIDE_COPY),
                MemoryOptions.DIRECTORY_LIKE);
    }

    /** Ten objects on both sides, an hour ago, and a baseline. */
    static World synced(MemoryOptions options) {
        World world = new World(options, options);
        world.fill(world.dev, "a/", 10);
        assertThat(world.run(KEEP).outcome()).isEqualTo(Outcome.SUCCEEDED);
        world.clock.advance(Duration.ofHours(1));
        return world;
    }

    /** A run that loses its lease right after what {@code operation} did to {@code key}. */
    static RunReport stoppedAfter(World world, String key, StoreOperation... operations) {
        AtomicBoolean lost = new AtomicBoolean();
        for (StoreOperation operation : operations) {
            world.destination.fails(store -> store.on(operation).key(key).runsAfter(() -> lost.set(true)));
        }
        MutationGuard guard = () -> {
            if (lost.get()) {
                throw new MutationGuard.NotAllowedException("the lease was lost");
            }
        };
        RunReport report = world.run(KEEP, RunOptions.defaults().withGuard(guard));
        world.destination.heal();
        assertThat(lost).as("the run was stopped").isTrue();
        world.clock.advance(Duration.ofHours(1));
        return report;
    }

    /** What others changed, by key. */
    static Map<String, String> drift(World world) {
        Map<String, String> found = new TreeMap<>();
        DriftSink sink = finding ->
                found.put(finding.object().key().text(), finding.kind().name());
        assertThat(world.replicator.drift(KEEP, sink, RunOptions.defaults()).problem())
                .isEmpty();
        return found;
    }

    /** Keys of what runs have written down that they are about to do. */
    static List<String> announced(World world) {
        return world.prod.names().stream()
                .filter(name -> name.startsWith(CONTROL + "baseline/") && name.contains("intent"))
                .toList();
    }
}
