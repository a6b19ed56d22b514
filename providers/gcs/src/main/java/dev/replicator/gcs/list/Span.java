package dev.replicator.gcs.list;

/** A range of the body's bytes, {@code [from, to)}, or nothing. Mutable and reused. */
final class Span {
    private static final int ABSENT = -1;

    private int from = ABSENT;
    private int to = ABSENT;

    void clear() {
        from = ABSENT;
        to = ABSENT;
    }

    void set(int start, int end) {
        from = start;
        to = end;
    }

    boolean isPresent() {
        return from != ABSENT;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }
}
