package dev.replicator.diff;

import java.util.concurrent.atomic.LongAdder;

/** Counts what contents were asked about, and read, to settle doubts. Thread-safe. */
public final class ContentReads {
    private final LongAdder asked = new LongAdder();
    private final LongAdder read = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    void ask() {
        asked.increment();
    }

    void read() {
        read.increment();
    }

    void read(long size) {
        bytes.add(size);
    }

    /** Pairs whose contents were to be compared: those that the sample took. */
    public long asked() {
        return asked.sum();
    }

    /** Of these, pairs that were read on one side at least; no digest that could be asked for told them. */
    public long pairs() {
        return read.sum();
    }

    /** Bytes read to their ends, of both sides. */
    public long bytes() {
        return bytes.sum();
    }
}
