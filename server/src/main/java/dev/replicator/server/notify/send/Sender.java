package dev.replicator.server.notify.send;

/** A way to tell. Thread-safe. */
public interface Sender extends AutoCloseable {
    /** Tries once, within half a minute; throws nothing that the other side can cause. */
    Attempt send(Message message);

    @Override
    default void close() {}
}
