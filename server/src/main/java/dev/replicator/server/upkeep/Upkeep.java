package dev.replicator.server.upkeep;

import dev.replicator.server.history.Presence;
import dev.replicator.server.history.Retention;
import dev.replicator.server.run.Runs;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the history in order while the server runs. What fails is said and tried again; the server goes on. */
public final class Upkeep implements AutoCloseable {
    /** For so long a server may be silent before its runs count as interrupted. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The pause between two beats. */
    public static final Duration BEAT = Duration.ofSeconds(5);

    private static final Duration IMPORT = Duration.ofMinutes(5);
    private static final Duration SWEEP = Duration.ofHours(1);
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private final Presence presence;
    private final Runs runs;
    private final BucketReports reports;
    private final Retention retention;
    /** Ids of interrupted runs; after the start the beats' thread's own. */
    private final Set<String> untold = new LinkedHashSet<>();

    private final ScheduledExecutorService beats = thread("replicator-presence");
    private final ScheduledExecutorService rest = thread("replicator-upkeep");

    /** @param interrupted ids of runs that were found interrupted and nobody was told of */
    public Upkeep(Presence presence, Runs runs, BucketReports reports, Retention retention, List<String> interrupted) {
        this.presence = presence;
        this.runs = runs;
        this.reports = reports;
        this.retention = retention;
        untold.addAll(interrupted);
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins with it. */
    public void start() {
        every(beats, Duration.ofSeconds(0), BEAT, "saying that this server lives", this::live);
        every(rest, Duration.ZERO, IMPORT, "reading the buckets' reports", reports::readAll);
        every(rest, Duration.ofMinutes(1), SWEEP, "forgetting old runs", retention::sweep);
    }

    /** One beat: says that this server lives, ends what the silent left, hears what others ask of it. */
    void live() {
        presence.beat();
        untold.addAll(presence.interruptSilent());
        presence.stops(runs.underWay()).forEach(stop -> runs.cancel(stop.run(), stop.why()));
        runs.remember();
        untold.removeIf(runs::tellOfInterrupted);
    }

    private static void every(
            ScheduledExecutorService thread, Duration first, Duration pause, String deed, Runnable work) {
        thread.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException | Error e) {
                        if (!thread.isShutdown()) { // what a stop cuts short is nobody's worry
                            log.warn("{} failed: {}", deed, e.getMessage());
                        }
                    }
                },
                first.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** A beat ends by itself; reading a bucket is cut short. */
    @Override
    public void close() {
        beats.shutdown();
        rest.shutdownNow();
        try {
            if (!rest.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn("upkeep is still busy with a bucket");
            }
            if (!beats.awaitTermination(1, TimeUnit.SECONDS)) {
                beats.shutdownNow();
            }
        } catch (InterruptedException e) {
            beats.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
