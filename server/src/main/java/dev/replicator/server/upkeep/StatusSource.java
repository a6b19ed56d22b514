package dev.replicator.server.upkeep;

import dev.replicator.Replicator;
import dev.replicator.hook.DeployHook;
import dev.replicator.server.run.Jobs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How things stand with a job, as its destination has it. What was read serves all who ask within a second, so that
 * many who watch cost the bucket no more than one. Thread-safe.
 */
public final class StatusSource {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Jobs jobs;
    private final Replicator replicator;
    private final Clock clock;
    private final Map<String, Read> read = new ConcurrentHashMap<>();

    public StatusSource(Jobs jobs, Replicator replicator, Clock clock) {
        this.jobs = jobs;
        this.replicator = replicator;
        this.clock = clock;
    }

    private record Read(String json, Instant at) {}

    /** JSON as {@code replicator status -o json} prints it; what can't be read is among its problems. */
    public String of(String job) {
        Read found = read.get(job);
        if (found == null || !isFresh(found)) {
            found = read.compute(job, (name, before) -> before != null && isFresh(before) ? before : readNow(name));
        }
        return found.json();
    }

    private boolean isFresh(Read found) {
        return clock.instant().isBefore(found.at().plus(FRESH));
    }

    private Read readNow(String job) {
        String json = DeployHook.builder()
                .configuration(jobs.configuration().withoutWarnings())
                .jobName(job)
                .replicator(replicator)
                .clock(clock)
                .build()
                .status()
                .toJson();
        return new Read(json, clock.instant());
    }
}
