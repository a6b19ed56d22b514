package dev.replicator.execute;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Stops a run from outside; the first reason stays. Thread-safe. */
public final class Cancellation {
    private final AtomicReference<Optional<Problem>> reason = new AtomicReference<>(Optional.empty());

    /** A signal or a person. */
    public void cancel(String message) {
        stop(new Problem(Problem.Kind.CANCELLED, message));
    }

    public void stop(Problem problem) {
        reason.compareAndSet(Optional.empty(), Optional.of(problem));
    }

    public Optional<Problem> reason() {
        return reason.get();
    }

    public boolean isStopped() {
        return reason.get().isPresent();
    }
}
