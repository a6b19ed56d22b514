package dev.replicator.baseline;

import dev.replicator.store.ObjectKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts deltas on disk by replacement selection: a heap of {@value #HEAP} waits, the smallest that still fits behind what
 * was written goes into the current file, the others begin the next. What comes nearly in order, as the results of a run
 * do, ends in one file or two. At most {@value #FILES} files are open. Not thread-safe.
 */
final class DeltaSpool implements AutoCloseable {
    private static final int HEAP = 4_096;
    private static final int FILES = 64;
    private static final BaselineKey BEFORE_ALL = new BaselineKey(-1, ObjectKey.of("-"));

    private final PriorityQueue<Waiting> heap = new PriorityQueue<>();
    private final List<SpoolFile> files = new ArrayList<>();
    private BaselineKey written = BEFORE_ALL;
    private int generation;
    private long added;
    private boolean open;

    /**
     * A delta in the heap; of equal keys the latest comes first.
     *
     * @param generation number of the file it goes into
     */
    private record Waiting(int generation, Delta delta, long sequence) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            if (generation != other.generation) {
                return Integer.compare(generation, other.generation);
            }
            int order = delta.at().compareTo(other.delta.at());
            return order != 0 ? order : Long.compare(other.sequence, sequence);
        }
    }

    /** Takes a delta; of several with one key the last stands. */
    void add(Delta delta) throws IOException {
        boolean fits = delta.at().compareTo(written) > 0;
        heap.add(new Waiting(fits ? generation : generation + 1, delta, added++));
        if (heap.size() > HEAP) {
            write(heap.remove());
        }
    }

    private void write(Waiting next) throws IOException {
        if (next.generation() != generation) {
            generation = next.generation();
            endFile();
        }
        if (open && next.delta().at().equals(written)) {
            return;
        }
        if (!open) {
            if (files.size() == FILES) {
                join();
            }
            files.add(SpoolFile.create());
            open = true;
        }
        files.get(files.size() - 1).add(next.delta());
        written = next.delta().at();
    }

    private void endFile() throws IOException {
        if (open) {
            files.get(files.size() - 1).finish();
            open = false;
        }
    }

    /** Turns all files into one. */
    private void join() throws IOException {
        SpoolFile joined = SpoolFile.create();
        List<SpoolFile> parts = List.copyOf(files);
        files.add(joined);
        try (MergedDeltas all = MergedDeltas.of(parts)) {
            while (all.hasNext()) {
                joined.add(all.next());
            }
        }
        joined.finish();
        for (SpoolFile part : parts) {
            files.remove(part);
            part.close();
        }
    }

    /** Ends adding and gives the files, each sorted. */
    List<SpoolFile> finished() throws IOException {
        while (!heap.isEmpty()) {
            write(heap.remove());
        }
        endFile();
        return List.copyOf(files);
    }

    @Override
    public void close() throws IOException {
        for (SpoolFile file : files) {
            file.close();
        }
        files.clear();
    }
}
