package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.PlanHeaders;
import dev.replicator.RunOptions;
import dev.replicator.execute.ActionResult;
import dev.replicator.job.MetadataPolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.Action;
import dev.replicator.plan.PlanWriter;
import dev.replicator.plan.WrittenPlan;
import dev.replicator.report.Outcome;
import dev.replicator.report.ReportJson;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.store.Capability;
import dev.replicator.store.MetadataLimits;
import dev.replicator.store.MetadataLoss;
import dev.replicator.store.MetadataLoss.Kind;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ServiceTrait;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the destination does not hold of metadata is counted, told one by one, or refused. */
class FidelityTest {
    private static final MemoryOptions NARROW = MemoryOptions.S3_LIKE
            .lacking(Capability.SERVER_SIDE_COPY)
            .withMetadata(
                    MetadataLimits.NONE.withMostTags(1).withMostUserBytes(200).withTranscoding(true));
    private static final ObjectMetadata RICH = ObjectMetadata.NONE
            .withHeaders(Map.of("content-type", "text/css", "content-encoding", "gzip"))
            .withUser(Map.of("custom:aclPolicy", "public", "blob", "x".repeat(500)))
            .withTags(Map.of("one", "1", "two", "2", "three", "3"))
            .withTraits(Map.of(ServiceTrait.STORAGE_CLASS, "NEARLINE", ServiceTrait.CUSTOM_TIME, "2026-01-01"));

    @TempDir
    private Path folder;

    private final World world = new World(MemoryOptions.S3_LIKE, NARROW);
    private final List<String> told = new CopyOnWriteArrayList<>();

    private final RunListener listener = new RunListener() {
        @Override
        public void metadataLost(Action action, MetadataLoss loss) {
            told.add(action.key() + " " + loss.kind().word() + " " + loss.field());
        }
    };

    private void put(String key, ObjectMetadata metadata) {
        world.clock.advance(Duration.ofSeconds(10));
        world.dev.put(ObjectKey.of(key), key.getBytes(), metadata, world.clock.instant());
    }

    private RunReport run(ReplicationJob job) {
        return world.run(job, RunOptions.defaults().withListener(listener));
    }

    private static ReplicationJob strict() {
        return World.job().withMetadata(MetadataPolicy.ALL.withStrict(true));
    }

    private ObjectMetadata inProd(String key) {
        return world.prod.get(key).orElseThrow().metadata();
    }

    @Test
    void copiesWhatFitsAndCountsAndNamesTheRest() {
        put("plain", ObjectMetadata.ofContentType("text/plain"));
        put("rich", RICH);

        RunReport report = run(World.job());

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.fidelity())
                .isEqualTo(Map.of(
                        Kind.TAGS, 2L,
                        Kind.TOO_LARGE, 1L,
                        Kind.TRANSCODING, 1L,
                        Kind.STORAGE_CLASS, 1L,
                        Kind.CUSTOM_TIME, 1L));
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "rich transcoding content-encoding",
                        "rich too-large blob",
                        "rich tags three",
                        "rich tags two",
                        "rich storage-class storage-class",
                        "rich custom-time custom-time");
        assertThat(inProd("rich").withoutOurs().user()).isEqualTo(Map.of("custom:aclPolicy", "public"));
        assertThat(inProd("rich").tags()).isEqualTo(Map.of("one", "1"));
        assertThat(ReportJson.of(report)).contains("\"fidelity\":{\"tags\":2,\"custom-time\":1,");
    }

    @Test
    void aStrictJobLeavesSuchAnObjectAloneBeforeWritingAndIsPartial() {
        put("plain", ObjectMetadata.ofContentType("text/plain"));
        put("rich", RICH);
        List<ActionResult> results = new CopyOnWriteArrayList<>();

        RunReport report = world.run(strict(), RunOptions.defaults().withListener(new RunListener() {
            @Override
            public void finished(ActionResult result) {
                results.add(result);
            }
        }));

        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().copied()).isEqualTo(1);
        assertThat(report.counts().skipped()).isEqualTo(1);
        assertThat(report.fidelity()).containsEntry(Kind.TAGS, 2L);
        assertThat(world.prod.names()).containsExactly("plain");
        assertThat(world.destination.keys(StoreOperation.WRITE)).containsExactly("plain");
        assertThat(results)
                .filteredOn(ActionResult.Skipped.class::isInstance)
                .singleElement()
                .satisfies(result -> assertThat(((ActionResult.Skipped) result).reason())
                        .isEqualTo(ActionResult.SkipReason.METADATA_LOSS));
    }

    @Test
    void whatThePolicyLeavesBehindIsNoLoss() {
        put("rich", RICH);

        RunReport report =
                run(World.job().withMetadata(new MetadataPolicy(false, false, Map.of("cache-control", "no-cache"))));

        assertThat(report.fidelity()).isEmpty();
        assertThat(inProd("rich").headers()).isEqualTo(Map.of("cache-control", "no-cache"));
    }

    @Test
    void aCopyByTheStoreItselfAsksNothingAndTheReportSaysSo() {
        World one = new World();
        one.dev.put(ObjectKey.of("rich"), new byte[3], RICH, one.clock.instant());

        RunReport report = one.run(World.job());

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(one.source.calls(StoreOperation.HEAD)).isEmpty();
        assertThat(one.source.calls(StoreOperation.READ)).isEmpty();
        assertThat(report.fidelity()).isEmpty();
        assertThat(report.counts().metadataUnasked()).isEqualTo(1);
        assertThat(ReportJson.of(report)).contains("\"metadataUnasked\":1,");
    }

    /** Whoever has to ask after the source's version for another reason counts what the answer tells. */
    @Test
    void whatIsAskedForAnotherReasonIsCounted() {
        World loose = new World(MemoryOptions.S3_LIKE, MemoryOptions.S3_LIKE.lacking(Capability.PINNED_READ));
        loose.dev.put(ObjectKey.of("rich"), new byte[3], RICH, loose.clock.instant());
        Path file = folder.resolve("plan.jsonl.gz");
        try (PlanWriter writer = new PlanWriter(file, PlanHeaders.of(World.job(), loose.clock.instant()))) {
            RunReport plan = loose.replicator.plan(World.job(), writer, RunOptions.defaults());
            writer.finish(true, "");
            assertThat(plan.counts().metadataUnasked()).isEqualTo(1);
        }

        RunReport report = loose.replicator.apply(WrittenPlan.open(file), World.job(), RunOptions.defaults());

        assertThat(report.counts().copied()).isEqualTo(1);
        assertThat(report.counts().metadataUnasked()).isZero();
        assertThat(report.fidelity()).isEqualTo(Map.of(Kind.STORAGE_CLASS, 1L, Kind.CUSTOM_TIME, 1L));
    }

    @Test
    void neitherStreamedCopiesNorDeletesNorStrictJobsLeaveAnythingUnasked() {
        put("rich", RICH);
        World one = new World();
        one.put(one.dev, "plain", "1").put(one.prod, "extra", "1");

        assertThat(run(World.job()).counts().metadataUnasked()).isZero();
        assertThat(one.run(World.mirror(strict())).counts().metadataUnasked()).isZero();
        assertThat(one.prod.names()).containsExactly("plain");
    }

    /** The store keeps the description, and neither storage class nor custom time. */
    @Test
    void aStrictJobLetsNoStoreCopyWhatItWouldNotCopyWhole() {
        World one = new World();
        one.dev.put(ObjectKey.of("rich"), new byte[3], RICH, one.clock.instant());
        one.dev.put(ObjectKey.of("plain"), new byte[3], RICH.withTraits(Map.of()), one.clock.instant());

        RunReport report = one.run(strict());

        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().copied()).isEqualTo(1);
        assertThat(report.fidelity()).isEqualTo(Map.of(Kind.STORAGE_CLASS, 1L, Kind.CUSTOM_TIME, 1L));
        assertThat(one.prod.names()).containsExactly("plain");
        assertThat(one.destination.keys(StoreOperation.COPY)).containsExactly("plain");
        assertThat(one.source.keys(StoreOperation.HEAD)).containsExactlyInAnyOrder("plain", "rich");
    }

    @Test
    void findingOutCostsNoRequest() {
        put("rich", RICH);

        RunReport report = run(World.job());

        assertThat(report.requests().keySet().stream().map(Enum::name)).containsExactlyInAnyOrder("LIST", "GET", "PUT");
        assertThat(report.requests().get(dev.replicator.store.RequestKind.GET)).isEqualTo(1);
    }

    /** A store that promises to hold everything and drops an entry. */
    @Test
    void whatTheStoreSilentlyDropsIsToldToo() {
        put("rich", ObjectMetadata.NONE.withUser(Map.of("custom:aclPolicy", "public", "kept", "1")));
        world.destination.wrapped(store -> new ForwardingStore(store) {
            @Override
            public dev.replicator.store.ObjectMeta write(
                    ObjectKey key, dev.replicator.store.ObjectBody body, dev.replicator.store.WriteOptions options) {
                return super.write(
                        key, body, options.withMetadata(options.metadata().withUser(Map.of("kept", "1"))));
            }
        });

        RunReport report = run(World.job());

        assertThat(told).containsExactly("rich not-kept custom:aclPolicy");
        assertThat(report.fidelity()).isEqualTo(Map.of(Kind.NOT_KEPT, 1L));
    }
}
