package dev.replicator.execute;

import java.util.Optional;

/** Stops a run from outside; the first reason stays. Thread-safe. */
public final class Cancellation {
    private volatile Optional<Problem> reason = Optional.empty();

    /** A signal or a person. */
    public void cancel(String message) {
        stop(new Problem(Problem.Kind.CANCELLED, message));
    }

    public synchronized void stop(Problem problem) {
        if (reason.isEmpty()) {
            reason = Optional.of(problem);
        }
    }

    public Optional<Problem> reason() {
        return reason;
    }

    public boolean isStopped() {
        return reason.isPresent();
    }
}
