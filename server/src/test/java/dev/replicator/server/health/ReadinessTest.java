package dev.replicator.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.server.history.FreshDatabase;
import dev.replicator.server.history.SqlRunLog;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunLogException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
                new Readiness(new SqlRunLog(FreshDatabase.in(directory)), loops(), System::nanoTime)) {
            assertThat(readiness.problem()).isEmpty();
            alive.set(false);
            assertThat(readiness.problem()).contains("notifications are not looked at");
        }
    }

    @Test
    void aHistoryThatBreaksAndComesBackIsNoticed() throws Exception {
        BreakingLog history = new BreakingLog(new SqlRunLog(FreshDatabase.in(directory)));
        try (Readiness readiness = new Readiness(history.log(), loops(), nanos::get)) {
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

    private List<Readiness.Loop> loops() {
        return List.of(new Readiness.Loop("schedules", () -> true), new Readiness.Loop("notifications", alive::get));
    }

    /** A real history that can be made to fail. */
    private static final class BreakingLog implements InvocationHandler {
        private final RunLog delegate;
        private final AtomicBoolean broken = new AtomicBoolean();
        private final AtomicLong refused = new AtomicLong();
        private final CountDownLatch asked = new CountDownLatch(1);

        BreakingLog(RunLog delegate) {
            this.delegate = delegate;
        }

        RunLog log() {
            return (RunLog) Proxy.newProxyInstance(RunLog.class.getClassLoader(), new Class<?>[] {RunLog.class}, this);
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (broken.get()) {
                refused.incrementAndGet();
                throw new RunLogException("locked", new IllegalStateException("locked"));
            }
            Object answer = method.invoke(delegate, arguments);
            asked.countDown();
            return answer;
        }
    }
}
