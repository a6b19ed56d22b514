package dev.replicator.execute;

import java.util.Optional;

/** Stops a run from outside; the first reason stays. Thread-safe. */
public final class Cancellation {
    private final Optional<Cancellation> parent;
    private volatile Optional<Problem> reason = Optional.empty();

    public Cancellation() {
        this(Optional.empty());
    }

    private Cancellation(Optional<Cancellation> parent) {
        this.parent = parent;
    }

    /** One that is stopped with this one, and that can be stopped alone. */
    public Cancellation child() {
        return new Cancellation(Optional.of(this));
    }

    /** A signal or a person. */
    public void cancel(String message) {
        stop(new Problem(Problem.Kind.CANCELLED, message));
    }

    public synchronized void stop(Problem problem) {
        if (reason.isEmpty()) {
            reason = Optional.of(problem);
        }
    }

    /** Its own reason, else its parent's. */
    public Optional<Problem> reason() {
        return reason.or(() -> parent.flatMap(Cancellation::reason));
    }

    public boolean isStopped() {
        return reason().isPresent();
    }
}
