package dev.replicator.server.run;

import java.time.Instant;
import java.util.Optional;

/** When jobs run by themselves. Thread-safe; answers from memory. */
public interface Timings {
    Timings NONE = new Timings() {
        @Override
        public boolean isPaused(String job) {
            return false;
        }

        @Override
        public Optional<Instant> nextRun(String job) {
            return Optional.empty();
        }
    };

    /** Whether schedules of the job rest. */
    boolean isPaused(String job);

    /** Empty while they rest, and where there are none. */
    Optional<Instant> nextRun(String job);
}
