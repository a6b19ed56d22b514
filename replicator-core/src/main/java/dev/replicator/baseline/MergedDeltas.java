package dev.replicator.baseline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;

/** Several sorted files as one; of equal keys the one of the later file stands. Used by one thread. */
final class MergedDeltas implements AutoCloseable {
    private final List<SpoolFile.Rows> opened = new ArrayList<>();
    private final PriorityQueue<Head> heads = new PriorityQueue<>();

    /** The next row of file number {@code rank}. */
    private record Head(Delta delta, int rank, SpoolFile.Rows rest) implements Comparable<Head> {
        @Override
        public int compareTo(Head other) {
            int order = delta.at().compareTo(other.delta.at());
            return order != 0 ? order : Integer.compare(other.rank, rank);
        }
    }

    private MergedDeltas() {}

    static MergedDeltas of(List<SpoolFile> files) throws IOException {
        MergedDeltas merged = new MergedDeltas();
        try {
            for (SpoolFile file : files) {
                SpoolFile.Rows rows = file.rows();
                merged.opened.add(rows);
                merged.load(merged.opened.size(), rows);
            }
            return merged;
        } catch (IOException e) {
            merged.close();
            throw e;
        }
    }

    private void load(int rank, SpoolFile.Rows rows) throws IOException {
        Optional<Delta> delta = rows.next();
        delta.ifPresent(next -> heads.add(new Head(next, rank, rows)));
    }

    boolean hasNext() {
        return !heads.isEmpty();
    }

    /** The next delta, without taking it. */
    Delta peek() {
        return Optional.ofNullable(heads.peek())
                .orElseThrow(() -> new NoSuchElementException("no more deltas"))
                .delta();
    }

    Delta next() throws IOException {
        Delta next = peek();
        while (!heads.isEmpty() && peek().at().equals(next.at())) {
            Head head = heads.remove();
            load(head.rank(), head.rest());
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        for (SpoolFile.Rows rows : opened) {
            rows.close();
        }
    }
}
