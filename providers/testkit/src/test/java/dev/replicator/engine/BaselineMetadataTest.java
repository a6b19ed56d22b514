package dev.replicator.engine;

import static dev.replicator.engine.BaselineTest.media;
import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.PlanHeaders;
import dev.replicator.RunOptions;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanWriter;
import dev.replicator.plan.WrittenPlan;
import dev.replicator.report.DriftReport;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.store.Capability;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.RequestKind;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What we change of the destination's metadata is ours: neither the next run nor {@code drift} takes it for an edit. */
class BaselineMetadataTest {
    /** Services whose versions say different things of a change of metadata. */
    enum Service {
        S3(MemoryOptions.S3_LIKE),
        /** What goes in parts gets another ETag when its metadata is changed in one piece. */
        S3_IN_PARTS(MemoryOptions.S3_LIKE, new TransferSizes(4, 4, 4)),
        EVERY_WRITE_A_VERSION(MemoryOptions.S3_LIKE.withVersions(MemoryOptions.Versions.OPAQUE)),
        STREAMED(MemoryOptions.S3_LIKE.lacking(Capability.SERVER_SIDE_COPY)),
        DIRECTORY(MemoryOptions.DIRECTORY_LIKE),
        CLOUD_STORAGE(MemoryOptions.GCS_LIKE);

        final MemoryOptions options;
        final Optional<TransferSizes> sizes;

        Service(MemoryOptions options) {
            this.options = options;
            sizes = Optional.empty();
        }

        Service(MemoryOptions options, TransferSizes sizes) {
            this.options = options;
            this.sizes = Optional.of(sizes);
        }

        ReplicationJob job() {
            ReplicationJob job = media();
            return sizes.map(some -> job.withDestination(job.destination().withSizes(some)))
                    .orElse(job);
        }

        World synced() {
            World world = new World(options, options);
            for (String key : List.of("a", "b", "c")) {
                world.clock.advance(Duration.ofSeconds(10));
                world.dev.put(
                        ObjectKey.of(key),
                        "content of 20 bytes.".getBytes(),
                        ObjectMetadata.NONE.withUser(Map.of("visibility", "public")),
                        world.clock.instant());
            }
            assertThat(world.run(job()).counts().copied()).isEqualTo(3);
            world.clock.advance(Duration.ofHours(1));
            return world;
        }
    }

    @TempDir
    Path folder;

    private static ReplicationJob comparing(ReplicationJob job) {
        return job.withMetadata(job.metadata().withCompare(true));
    }

    private static void hide(World world, String key) {
        world.dev.retouch(ObjectKey.of(key), metadata -> metadata.withUser("visibility", "private"));
    }

    private static List<String> drift(World world, ReplicationJob job) {
        List<String> found = new ArrayList<>();
        world.clock.advance(Duration.ofMinutes(1));
        DriftReport report = world.replicator.drift(
                job,
                finding -> found.add(finding.kind() + " " + finding.object().key()),
                RunOptions.defaults());
        assertThat(report.problem()).isEmpty();
        assertThat(report.requests().getOrDefault(RequestKind.HEAD, 0L)).isZero();
        return found;
    }

    private static void isQuiet(World world, ReplicationJob job) {
        assertThat(drift(world, job)).isEmpty();
        world.destination.forgetCalls();
        for (DriftPolicy policy : DriftPolicy.values()) {
            RunReport next = world.run(job.withOnDrift(policy));
            assertThat(next.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
            assertThat(next.counts().drifted() + next.counts().skipped()).isZero();
            assertThat(next.warnings()).isEmpty();
        }
        assertThat(world.destination.calls(StoreOperation.HEAD)).isEmpty();
        assertThat(world.destination.mutations()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anUpdateOfOursIsNoDrift(Service service) {
        World world = service.synced();
        hide(world, "b");

        RunReport report = world.run(comparing(service.job()));

        assertThat(report.counts().metadataUpdated()).isEqualTo(1);
        isQuiet(world, service.job());
    }

    @ParameterizedTest
    @EnumSource
    void anAppliedUpdateIsNoDrift(Service service) {
        World world = service.synced();
        hide(world, "b");
        world.clock.advance(Duration.ofMinutes(1));
        Path file = folder.resolve("changes.plan");
        try (PlanWriter writer =
                new PlanWriter(file, PlanHeaders.of(comparing(service.job()), world.clock.instant()))) {
            world.replicator.plan(comparing(service.job()), writer, RunOptions.defaults());
            writer.finish(true, "");
        }

        RunReport report = world.replicator.apply(WrittenPlan.open(file), service.job(), RunOptions.defaults());

        assertThat(report.counts().metadataUpdated()).isEqualTo(1);
        isQuiet(world, service.job());
    }

    /** A store of somebody's own that can't change metadata in place. */
    @ParameterizedTest
    @EnumSource
    void anUpdateThatCopiesTheObjectAgainIsNoDrift(Service service) {
        World world = service.synced();
        hide(world, "b");
        world.destination.wrapped(WithoutUpdate::new);

        RunReport report = world.run(comparing(service.job()));

        assertThat(report.counts().metadataUpdated()).isEqualTo(1);
        isQuiet(world, service.job());
    }

    static final class WithoutUpdate extends ForwardingStore {
        WithoutUpdate(ObjectStore delegate) {
            super(delegate);
        }

        @Override
        public <R> Optional<R> role(Class<R> role) {
            return role == MetadataUpdate.class ? Optional.empty() : super.role(role);
        }
    }

    /** Killed, or not allowed to write its baseline: the object it left is found equal, and is then known. */
    @ParameterizedTest
    @EnumSource(
            names = {"EVERY_WRITE_A_VERSION", "DIRECTORY"},
            mode = EnumSource.Mode.EXCLUDE)
    void anUpdateWhoseBaselineWasLostIsNoDriftToTheNextRun(Service service) {
        World world = service.synced();
        hide(world, "b");
        world.destination.fails(store -> store.on(StoreOperation.WRITE)
                .keys(key -> key.text().contains("/baseline/"))
                .isDenied());
        assertThat(world.run(comparing(service.job())).counts().metadataUpdated())
                .isEqualTo(1);
        world.destination.heal();

        RunReport next = world.run(service.job());

        assertThat(next.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(next.counts().drifted()).isZero();
        isQuiet(world, service.job());
    }

    @Test
    void lookingForDriftAsksForNoMetadataThoughTheJobComparesIt() {
        World world = Service.S3.synced();
        world.source.forgetCalls();
        world.destination.forgetCalls();
        List<String> warnings = new ArrayList<>();

        DriftReport report = world.replicator.drift(
                comparing(media()), finding -> {}, RunOptions.defaults().withListener(new RunListener() {
                    @Override
                    public void warning(String message) {
                        warnings.add(message);
                    }
                }));

        assertThat(report.compared()).isEqualTo(3);
        assertThat(world.source.calls(StoreOperation.HEAD)).isEmpty();
        assertThat(world.destination.calls(StoreOperation.HEAD)).isEmpty();
        assertThat(warnings).isEmpty();
    }
}
