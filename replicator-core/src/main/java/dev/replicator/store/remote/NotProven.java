package dev.replicator.store.remote;

/**
 * Why an answer is not accepted as the listing that was asked for; its message is a phrase to follow "not proven:". Without
 * a stack trace: it never leaves the listing that met it.
 */
public final class NotProven extends Exception {
    private static final long serialVersionUID = 1L;

    public NotProven(String why) {
        super(why, null, false, false);
    }
}
