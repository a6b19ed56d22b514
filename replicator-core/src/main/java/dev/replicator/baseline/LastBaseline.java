package dev.replicator.baseline;

import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.StoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The baseline that the last run left, as far as it can be used. What turns out torn while it is read ends there: the
 * rest of that prefix pair is as if there were none. Used by one thread.
 */
final class LastBaseline {
    private final BaselineArea area;
    private final Optional<ChunkSpool> spool;
    private final Consumer<String> unusable;
    private final Optional<Manifest> manifest;
    private final BaselineStatus status;
    private final Map<Integer, Integer> tornFrom = new HashMap<>();

    private LastBaseline(
            BaselineArea area,
            Optional<ChunkSpool> spool,
            Consumer<String> unusable,
            Optional<Manifest> manifest,
            BaselineStatus status) {
        this.area = area;
        this.spool = spool;
        this.unusable = unusable;
        this.manifest = manifest;
        this.status = status;
    }

    /**
     * @param spool where the bytes of chunks are kept, if they are read more than once
     * @param unusable told why there is one that can't be used, or can't to its end
     */
    static LastBaseline load(
            BaselineArea area, BaselineSubject subject, Optional<ChunkSpool> spool, Consumer<String> unusable) {
        try {
            area.look();
            if (area.currentVersion().isEmpty()) {
                return new LastBaseline(area, spool, unusable, Optional.empty(), new BaselineStatus.NoneYet());
            }
            Manifest manifest = ManifestJson.parse(area.current());
            if (!manifest.subject().covers(subject)) {
                throw new UnusableBaselineException("it is about other locations or paths");
            }
            return new LastBaseline(
                    area,
                    spool,
                    unusable,
                    Optional.of(manifest),
                    new BaselineStatus.Usable(manifest.runId(), manifest.createdAt(), manifest.entries()));
        } catch (UnusableBaselineException | StoreException e) {
            String why = String.valueOf(e.getMessage());
            unusable.accept(why);
            return new LastBaseline(area, spool, unusable, Optional.empty(), new BaselineStatus.Unusable(why));
        }
    }

    BaselineStatus status() {
        return status;
    }

    Optional<Manifest> manifest() {
        return manifest;
    }

    /** The pair's chunks that were not found torn. */
    List<Chunk> chunks(int pair) {
        List<Chunk> all = manifest.map(known -> known.chunksOf(pair)).orElse(List.of());
        return all.subList(0, tornFrom.getOrDefault(pair, all.size()));
    }

    /** Whether absence from the pair's entries means anything. */
    boolean knows(int pair) {
        return manifest.filter(Manifest::whole).isPresent() && !tornFrom.containsKey(pair);
    }

    /** The first chunk of the pair, from number {@code from}, that may hold keys under {@code prefix}. */
    int firstChunk(int pair, int from, KeyPrefix prefix) {
        List<Chunk> chunks = chunks(pair);
        int index = from;
        while (index < chunks.size() && isBefore(chunks.get(index).last(), prefix)) {
            index++;
        }
        return index;
    }

    private static boolean isBefore(ObjectKey key, KeyPrefix prefix) {
        return !prefix.isEmpty() && key.compareTo(ObjectKey.of(prefix.text())) < 0;
    }

    /** A reader of chunk number {@code index} of the pair; empty at the end, and where it is torn. */
    Optional<ChunkReader> open(int pair, int index) {
        List<Chunk> chunks = chunks(pair);
        if (index >= chunks.size()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(chunks.get(index)));
        } catch (UnusableBaselineException | StoreException e) {
            torn(pair, index, e);
            return Optional.empty();
        }
    }

    ChunkReader read(Chunk chunk) throws UnusableBaselineException {
        Optional<byte[]> kept = spool.flatMap(known -> known.find(chunk));
        if (kept.isPresent()) {
            return new ChunkReader(chunk, kept.get());
        }
        byte[] content = area.content(chunk);
        ChunkReader reader = new ChunkReader(chunk, content);
        spool.ifPresent(known -> known.keep(chunk, content));
        return reader;
    }

    /** Whether all of it was readable so far. */
    boolean intact() {
        return manifest.isPresent() && tornFrom.isEmpty();
    }

    void torn(int pair, int index, Exception why) {
        if (tornFrom.isEmpty()) {
            unusable.accept(String.valueOf(why.getMessage()));
        }
        tornFrom.merge(pair, index, Math::min);
    }
}
