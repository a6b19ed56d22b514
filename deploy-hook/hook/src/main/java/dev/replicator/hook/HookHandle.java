package dev.replicator.hook;

import java.time.Duration;
import java.util.Optional;

/** A hook that was started. Thread-safe. */
public interface HookHandle extends AutoCloseable {
    /**
     * The first pass's result, waiting for it so long; empty when it takes longer.
     *
     * @throws DeployHookException when it did not end well and the job says {@code on-failure: fail}
     * @throws InterruptedException when interrupted while waiting
     */
    Optional<HookResult> await(Duration longest) throws InterruptedException;

    /** The newest pass's result, if one has ended: deferred and failed passes are tried again when they are due. */
    Optional<HookResult> latest();

    /**
     * Stops: objects in flight finish, the report is written, the lease is given back, nothing is tried again. Waits for
     * that: half a minute at most for the objects, a few seconds for the rest. Never throws.
     */
    @Override
    void close();
}
