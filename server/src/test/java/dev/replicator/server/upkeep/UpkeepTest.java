package dev.replicator.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.replicator.Replicator;
import dev.replicator.server.history.Database;
import dev.replicator.server.history.FreshDatabase;
import dev.replicator.server.history.Presence;
import dev.replicator.server.history.ReportImport;
import dev.replicator.server.history.Retention;
import dev.replicator.server.history.SqlRunLog;
import dev.replicator.server.run.Jobs;
import dev.replicator.server.run.OneJob;
import dev.replicator.server.run.RunObserver;
import dev.replicator.server.run.Runs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class UpkeepTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void aStopThatMeetsABeatIsNoWorry() throws Exception {
        OneJob job = OneJob.in(directory);
        CountDownLatch release = new CountDownLatch(1);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(Upkeep.class);
        logged.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(logged);
        try (Database database = FreshDatabase.in(directory);
                Runs runs = job.runs(database, new SqlRunLog(database), RunObserver.SILENT)) {
            Upkeep upkeep = upkeep(job.jobs(), database, runs);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> holding(database, release));
            upkeep.start();
            Thread beat = beating();

            upkeep.close();
            release.countDown();
            writer.get(SOON.toSeconds(), TimeUnit.SECONDS);
            beat.join(SOON.toMillis());

            assertThat(beat.isAlive()).isFalse();
            assertThat(logged.list).isEmpty();
        } finally {
            release.countDown();
            logger.detachAppender(logged);
            logger.setLevel(null);
        }
    }

    private static Upkeep upkeep(Jobs jobs, Database database, Runs runs) {
        Clock clock = Clock.systemUTC();
        Retention retention = new Retention(database, Duration.ofDays(1), 10, clock);
        ReportImport reports = new ReportImport(database, new SqlRunLog(database), retention);
        return new Upkeep(
                new Presence(database, Upkeep.PATIENCE),
                runs,
                new BucketReports(jobs, Replicator.create(), reports, clock),
                retention,
                List.of());
    }

    private static void holding(Database database, CountDownLatch release) {
        database.change(handle -> {
            try {
                return release.await(SOON.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The thread that says that the server lives, once it waits to write that down. */
    private static Thread beating() {
        return Awaitility.await()
                .atMost(SOON)
                .until(
                        () -> Thread.getAllStackTraces().entrySet().stream()
                                .filter(thread -> thread.getKey().getName().equals("replicator-presence"))
                                .filter(thread ->
                                        List.of(thread.getValue()).toString().contains("takeTurn"))
                                .map(Map.Entry::getKey)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
