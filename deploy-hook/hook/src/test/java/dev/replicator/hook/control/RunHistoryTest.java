package dev.replicator.hook.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.report.Counts;
import dev.replicator.report.GateReport;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.testkit.SettableClock;
import dev.replicator.testkit.memory.MemoryBucket;
import dev.replicator.testkit.memory.MemoryBuckets;
import dev.replicator.testkit.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunHistoryTest {
    private final MemoryBuckets buckets = new MemoryBuckets();
    private final MemoryBucket bucket = buckets.create("control");
    private final RunHistory history = new RunHistory(new ControlObjects(new MemoryStore(buckets, "control")));

    @Test
    void theNewestComeFirst() {
        history.keep(report("a", 1));
        history.keep(report("b", 3));
        history.keep(report("c", 2));

        assertThat(history.newest(2)).extracting(RunHistory.Entry::runId).containsExactly("b", "c");
        assertThat(history.newest(2).get(0).json()).contains("\"outcome\":\"SUCCEEDED\"");
    }

    @Test
    void onlyTheNewestFiftyAreKept() {
        for (int minute = 0; minute < 53; minute++) {
            history.keep(report("r" + minute, minute));
        }

        assertThat(bucket.names()).hasSize(50);
        assertThat(history.newest(100))
                .extracting(RunHistory.Entry::runId)
                .contains("r52", "r3")
                .doesNotContain("r2");
    }

    @Test
    void aRunIsFoundByItsIdOrTheBeginningOfIt() {
        history.keep(report("abc-1", 1));
        history.keep(report("abc-12", 2));
        history.keep(report("xyz", 3));

        assertThat(history.find("abc-1")).map(RunHistory.Entry::runId).contains("abc-1");
        assertThat(history.find("xy")).map(RunHistory.Entry::runId).contains("xyz");
        assertThat(history.find("abc")).isEmpty();
        assertThat(history.find("nope")).isEmpty();
    }

    @Test
    void whatIsNoReportIsLeftOut() {
        history.keep(report("a", 1));
        bucket.put("runs/20270101T000000000Z-torn.json", "{\"runId\":", SettableClock.START);
        bucket.put("runs/readme.txt", "hello", SettableClock.START);

        assertThat(history.newest(10)).extracting(RunHistory.Entry::runId).containsExactly("a");
    }

    @Test
    void aHostileRunIdStaysOneName() {
        history.keep(report("../../marker.json", 1));

        assertThat(bucket.names())
                .allSatisfy(name -> assertThat(name).startsWith("runs/").doesNotContain("../"));
    }

    private static RunReport report(String id, int minute) {
        Instant started = SettableClock.START.plus(Duration.ofMinutes(minute));
        return new RunReport(
                id,
                Optional.of("job"),
                "s",
                "d",
                started,
                Duration.ZERO,
                Outcome.SUCCEEDED,
                Counts.ZERO,
                Map.of(),
                GateReport.NOT_ASKED,
                List.of(),
                false,
                List.of(),
                Optional.empty());
    }
}
