package dev.replicator.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.server.history.FreshDatabase;
import dev.replicator.server.history.SqlRunLog;
import dev.replicator.server.run.ObjectResult;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunLogException;
import dev.replicator.server.run.RunRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ReadinessTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean alive = new AtomicBoolean(true);

    @TempDir
    Path directory;

    @Test
    void aServerWhoseHistoryAndSchedulesWorkIsReady() {
        try (Readiness readiness =
                new Readiness(new SqlRunLog(FreshDatabase.in(directory)), alive::get, System::nanoTime)) {
            assertThat(readiness.problem()).isEmpty();
            alive.set(false);
            assertThat(readiness.problem()).contains("schedules are not looked at");
        }
    }

    @Test
    void aHistoryThatBreaksAndComesBackIsNoticed() throws Exception {
        BreakingLog history = new BreakingLog(new SqlRunLog(FreshDatabase.in(directory)));
        try (Readiness readiness = new Readiness(history, alive::get, nanos::get)) {
            assertThat(history.asked.await(10, TimeUnit.SECONDS)).isTrue();
            history.broken.set(true);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> history.refused.get() > 0);
            nanos.addAndGet(Duration.ofSeconds(60).toNanos());
            assertThat(readiness.problem()).contains("the history can't be used");

            history.broken.set(false);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> readiness.problem().isEmpty());
        }
    }

    /** A real history that can be made to fail. */
    private static final class BreakingLog implements RunLog {
        private final RunLog delegate;
        private final AtomicBoolean broken = new AtomicBoolean();
        private final AtomicLong refused = new AtomicLong();
        private final CountDownLatch asked = new CountDownLatch(1);

        BreakingLog(RunLog delegate) {
            this.delegate = delegate;
        }

        @Override
        public List<RunRecord> newest(Wanted wanted, Optional<String> before, int most) {
            if (broken.get()) {
                refused.incrementAndGet();
                throw new RunLogException("locked", new IllegalStateException("locked"));
            }
            List<RunRecord> newest = delegate.newest(wanted, before, most);
            asked.countDown();
            return newest;
        }

        @Override
        public void keep(RunRecord run) {
            delegate.keep(run);
        }

        @Override
        public void add(String run, List<ObjectResult> results) {
            delegate.add(run, results);
        }

        @Override
        public Optional<RunRecord> find(String id) {
            return delegate.find(id);
        }

        @Override
        public Optional<RunRecord> newestWhole(String job, RunAction action) {
            return delegate.newestWhole(job, action);
        }

        @Override
        public ResultPage results(String run, ResultQuery query, Optional<String> after, int most) {
            return delegate.results(run, query, after, most);
        }

        @Override
        public List<Trouble> troubles(String run) {
            return delegate.troubles(run);
        }

        @Override
        public TreePage findings(
                String run, byte[] under, Optional<String> kind, Optional<String> after, int most) {
            return delegate.findings(run, under, kind, after, most);
        }
    }
}
