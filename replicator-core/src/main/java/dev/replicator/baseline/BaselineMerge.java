package dev.replicator.baseline;

import dev.replicator.store.ObjectKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes the chunks of the next baseline from those of the last and what changed: chunks that nothing falls into are used
 * again as they are, the others are written anew. One chunk is in memory at a time. Made for one use.
 */
final class BaselineMerge {
    private final LastBaseline last;
    private final MergedDeltas deltas;
    private final String runId;
    private final Output output;
    private final int mostEntries;
    /** Of a new chunk, so that it has room for later ones; neighbours with no more together become one. */
    private final int usualEntries;

    private final List<Chunk> chunks = new ArrayList<>();
    private Optional<ChunkBuilder> building = Optional.empty();
    /** The last baseline's chunk that the one being built may turn out to be. */
    private Optional<Chunk> twin = Optional.empty();

    private int pair;
    private int number;
    private boolean carried;

    /** Where new chunks go. */
    interface Output {
        void write(String name, byte[] content);
    }

    BaselineMerge(LastBaseline last, MergedDeltas deltas, String runId, int mostEntries, Output output) {
        this.last = last;
        this.deltas = deltas;
        this.runId = runId;
        this.output = output;
        this.mostEntries = mostEntries;
        usualEntries = Math.max(1, mostEntries / 5 * 4);
    }

    /** The chunks of {@code pairs} prefix pairs. */
    List<Chunk> merged(int pairs) throws IOException, UnusableBaselineException {
        for (pair = 0; pair < pairs; pair++) {
            number = 0;
            mergePair();
        }
        return chunks;
    }

    /** After merging: whether an entry of the last baseline was taken over as it was. */
    boolean carried() {
        return carried;
    }

    private void mergePair() throws IOException, UnusableBaselineException {
        List<Chunk> old = last.chunks(pair);
        for (int i = 0; i < old.size(); i++) {
            Chunk chunk = old.get(i);
            boolean isLast = i == old.size() - 1;
            boolean joins = building.filter(open -> open.entries() + chunk.entries() <= usualEntries)
                    .isPresent();
            if (joins || fallsInto(chunk, isLast)) {
                rewrite(chunk, isLast);
            } else {
                seal();
                chunks.add(chunk);
                carried = true;
            }
        }
        while (hasDelta()) {
            add(deltas.next());
            if (old.isEmpty()
                    && building.filter(open -> open.entries() >= usualEntries).isPresent()) {
                seal();
            }
        }
        seal();
    }

    private boolean hasDelta() {
        return deltas.hasNext() && deltas.peek().at().pair() == pair;
    }

    /** The last chunk of a pair takes what comes behind it too. */
    private boolean fallsInto(Chunk chunk, boolean isLast) {
        return hasDelta() && (isLast || deltas.peek().at().key().compareTo(chunk.last()) <= 0);
    }

    private void rewrite(Chunk chunk, boolean isLast) throws IOException, UnusableBaselineException {
        twin = building.isEmpty() ? Optional.of(chunk) : Optional.empty();
        ChunkReader reader = last.read(chunk);
        for (Optional<BaselineEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            ObjectKey key = entry.get().key();
            while (hasDelta() && deltas.peek().at().key().compareTo(key) < 0) {
                add(deltas.next());
            }
            if (hasDelta() && deltas.peek().at().key().equals(key)) {
                add(deltas.next());
            } else {
                add(key, entry.get().states());
                carried = true;
            }
        }
        while (isLast && hasDelta()) {
            add(deltas.next());
        }
        if (twin.isPresent()
                && building.filter(open -> open.entries() == chunk.entries()).isPresent()) {
            seal();
        }
        twin = Optional.empty();
    }

    private void add(Delta delta) {
        delta.states().ifPresent(states -> add(delta.at().key(), states));
    }

    private void add(ObjectKey key, Counterparts states) {
        ChunkBuilder open = building.orElseGet(() -> new ChunkBuilder(mostEntries));
        building = Optional.of(open);
        open.add(key, states);
        if (open.isFull()) {
            seal();
        }
    }

    private void seal() {
        if (building.isEmpty()) {
            return;
        }
        ChunkBuilder open = building.get();
        building = Optional.empty();
        byte[] content = open.finish();
        Chunk made = open.describe(String.format(Locale.ROOT, "%s/%03d-%06d", runId, pair, number), pair, content);
        if (twin.filter(made::hasContentOf).isPresent()) {
            chunks.add(twin.get());
            return;
        }
        number++;
        output.write(made.name(), content);
        chunks.add(made);
    }
}
