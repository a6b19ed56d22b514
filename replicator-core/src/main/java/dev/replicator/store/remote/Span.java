package dev.replicator.store.remote;

/** A range of the body's bytes, {@code [from, to)}, or nothing. Mutable and reused; not thread-safe. */
public final class Span {
    private static final int ABSENT = -1;

    private int from = ABSENT;
    private int to = ABSENT;

    public void clear() {
        from = ABSENT;
        to = ABSENT;
    }

    public void set(int start, int end) {
        from = start;
        to = end;
    }

    public boolean isPresent() {
        return from != ABSENT;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }
}
