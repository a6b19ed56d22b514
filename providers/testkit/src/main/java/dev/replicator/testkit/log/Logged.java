package dev.replicator.testkit.log;

/**
 * A request as a server's log keeps it.
 *
 * @param <O> the server's operations
 */
public interface Logged<O> {
    O operation();

    /** Whether a change was asked for, granted or not. */
    boolean mutating();
}
