package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.Action;
import dev.replicator.report.FindingSink;
import dev.replicator.report.GateReport;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StoreUri;
import dev.replicator.store.Stores;
import dev.replicator.store.WriteOptions;
import dev.replicator.testkit.SettableClock;
import dev.replicator.testkit.memory.MemoryBuckets;
import dev.replicator.testkit.memory.MemoryOptions;
import dev.replicator.testkit.memory.MemoryStore;
import dev.replicator.testkit.memory.MemoryStoreProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SyncTest {
    private final MemoryBuckets buckets = new MemoryBuckets();
    private final SettableClock clock = new SettableClock();
    private final MemoryStore dev = store("dev");
    private final MemoryStore prod = store("prod");
    private final Replicator replicator =
            Replicator.create(Stores.of(new MemoryStoreProvider(buckets, MemoryOptions.S3_LIKE)), clock, Map.of());

    private MemoryStore store(String bucket) {
        buckets.create(bucket);
        return new MemoryStore(buckets, bucket, MemoryOptions.S3_LIKE, new dev.replicator.store.RequestMeter(), clock);
    }

    private static ReplicationJob job() {
        Path here = Path.of("/");
        return ReplicationJob.of(StoreUri.parse("memory://dev", here), StoreUri.parse("memory://prod", here));
    }

    private void put(ObjectStore store, String key, String content) {
        clock.advance(Duration.ofSeconds(10));
        store.write(
                ObjectKey.of(key),
                ByteArrayBody.of(content.getBytes(StandardCharsets.UTF_8)),
                WriteOptions.of(Precondition.none()));
    }

    private static List<String> keys(ObjectStore store) {
        List<String> keys = new ArrayList<>();
        try (Listing listing = store.list(ListRequest.everything())) {
            for (var page = listing.next(); page.isPresent(); page = listing.next()) {
                Page entries = page.get();
                for (int i = 0; i < entries.count(); i++) {
                    keys.add(entries.key(i).text());
                }
            }
        }
        return keys;
    }

    @Test
    void copiesWhatIsMissingAndWhatIsNewerAndThenNothing() {
        put(dev, "a", "1");
        put(dev, "b", "2");
        put(prod, "c", "3");
        put(prod, "b", "1");
        put(dev, "b", "22");
        put(prod, "same", "x");
        clock.advance(Duration.ofMinutes(1));

        RunReport first = replicator.run(job(), RunOptions.defaults());
        clock.advance(Duration.ofMinutes(1));
        RunReport second = replicator.run(job(), RunOptions.defaults());

        assertThat(first.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(first.counts().copied()).isEqualTo(1);
        assertThat(first.counts().overwritten()).isEqualTo(1);
        assertThat(keys(prod)).containsExactly("a", "b", "c", "same");
        assertThat(second.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(second.requests()).containsOnlyKeys(RequestKind.LIST);
    }

    @Test
    void aDryRunSendsNothingThatChanges() {
        put(dev, "a", "1");
        put(prod, "b", "1");
        List<Action> actions = new ArrayList<>();

        RunReport plan = replicator.plan(
                job().withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 10, 100)),
                actions::add,
                RunOptions.defaults());

        assertThat(actions).extracting(action -> action.key().text()).containsExactly("a", "b");
        assertThat(plan.requests()).containsOnlyKeys(RequestKind.LIST);
        assertThat(plan.gate().verdict()).isEqualTo(GateReport.Verdict.OPEN);
        assertThat(keys(prod)).containsExactly("b");
    }

    @Test
    void mirrorsDeletesWithinLimits() {
        put(dev, "a", "1");
        put(prod, "gone", "1");

        RunReport report = replicator.run(
                job().withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 10, 10)), RunOptions.defaults());

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(keys(prod)).containsExactly("a");
    }

    @Test
    void anEmptySourceNeverDeletes() {
        put(prod, "kept", "1");

        RunReport report = replicator.run(
                job().withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 10, 100)), RunOptions.defaults());

        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(keys(prod)).containsExactly("kept");
    }

    @Test
    void aValidationTellsWhatTimesHide() {
        put(dev, "a", "1");
        put(prod, "a", "2");
        put(dev, "b", "1");

        var report = replicator.validate(job(), FindingSink.NONE, RunOptions.defaults());

        assertThat(report.valid()).isFalse();
        assertThat(report.mismatched()).isEqualTo(1);
        assertThat(report.missing()).isEqualTo(1);
    }
}
