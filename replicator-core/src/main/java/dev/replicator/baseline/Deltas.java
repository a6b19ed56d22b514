package dev.replicator.baseline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run changes in the baseline, on disk. Results of actions outrank what the merge noted of the same key. A full
 * disk breaks the deltas, never the run. Thread-safe.
 */
final class Deltas implements AutoCloseable {
    private final DeltaSpool merged = new DeltaSpool();
    private final DeltaSpool results = new DeltaSpool();
    private Optional<IOException> failure = Optional.empty();
    private boolean ended;
    private boolean any;

    void noted(Delta delta) {
        add(merged, delta);
    }

    void resulted(Delta delta) {
        add(results, delta);
    }

    private synchronized void add(DeltaSpool spool, Delta delta) {
        if (ended || failure.isPresent()) {
            return;
        }
        any = true;
        try {
            spool.add(delta);
        } catch (IOException e) {
            failure = Optional.of(e);
        } catch (UncheckedIOException e) {
            failure = Optional.ofNullable(e.getCause());
        }
    }

    synchronized boolean isEmpty() {
        return !any;
    }

    /** Ends adding; all deltas in order, closed by the caller. */
    synchronized MergedDeltas finished() throws IOException {
        ended = true;
        if (failure.isPresent()) {
            throw new IOException(
                    "what changed could not be kept on disk: " + failure.get().getMessage(), failure.get());
        }
        List<SpoolFile> files = new ArrayList<>(merged.finished());
        files.addAll(results.finished());
        return MergedDeltas.of(files);
    }

    @Override
    public synchronized void close() throws IOException {
        ended = true;
        try (merged) {
            results.close();
        }
    }
}
