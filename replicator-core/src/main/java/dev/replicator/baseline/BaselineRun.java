package dev.replicator.baseline;

import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.RequestCounts;
import dev.replicator.store.RequestForecast;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One run's dealings with its job's baseline: reads the last one beside the merge, collects what changes, and writes the
 * next one. {@link #copied} and {@link #deleted} may be called by any thread, all else by one.
 *
 * <p>Nothing here fails a run: what can't be read is a warning and a full comparison, what can't be written a warning.
 */
public final class BaselineRun implements AutoCloseable {
    /** Entries of two rules: none is believed. */
    private static final String MIXED = "mixed";
    /** As long as the id of a run. */
    private static final String FORETOLD = "00000000T000000Z-00000000";

    private final BaselineArea area;
    private final BaselineSubject subject;
    private final List<BaselineSubject.Place> places;
    private final LastBaseline last;
    private final Optional<Deltas> deltas;
    private final Optional<ChunkSpool> spool;
    private final Consumer<String> warnings;
    private final int chunkEntries;

    private BaselineRun(
            BaselineArea area,
            BaselineSubject subject,
            Optional<Deltas> deltas,
            Consumer<String> warnings,
            int chunkEntries) {
        this.chunkEntries = chunkEntries;
        this.area = area;
        this.subject = subject;
        this.deltas = deltas;
        this.warnings = warnings;
        spool = deltas.map(any -> new ChunkSpool());
        last = LastBaseline.load(
                area,
                subject,
                spool,
                why -> warnings.accept("the baseline can't be used, so this compares in full: " + why));
        BaselineSubject whole = last.manifest().map(Manifest::subject).orElse(subject);
        places = subject.paths().stream()
                .map(path -> whole.placeOf(path).orElseThrow())
                .toList();
    }

    /**
     * For a run that will write the next baseline, or for its plan, which only {@link #foretell foretells} that; loads the
     * last one's manifest.
     *
     * @param control the job's control prefix
     */
    public static BaselineRun writing(ObjectStore control, BaselineSubject subject, Consumer<String> warnings) {
        return new BaselineRun(
                new BaselineArea(control), subject, Optional.of(new Deltas()), warnings, ChunkBuilder.MOST_ENTRIES);
    }

    /** As {@link #writing}, with chunks of another size. */
    static BaselineRun writingChunksOf(
            int chunkEntries, ObjectStore control, BaselineSubject subject, Consumer<String> warnings) {
        return new BaselineRun(new BaselineArea(control), subject, Optional.of(new Deltas()), warnings, chunkEntries);
    }

    /** For what only looks: keeps and writes nothing. */
    public static BaselineRun reading(ObjectStore control, BaselineSubject subject, Consumer<String> warnings) {
        return new BaselineRun(
                new BaselineArea(control), subject, Optional.empty(), warnings, ChunkBuilder.MOST_ENTRIES);
    }

    public BaselineStatus status() {
        return last.status();
    }

    /** The baseline of prefix pair number {@code pair}; to be walked once. */
    public PairBaseline pair(int pair) {
        return new Walk(pair);
    }

    /** Notes that {@code written} is now the copy of {@code source}. */
    public void copied(int pair, ObjectMeta source, ObjectMeta written) {
        Counterparts states = new Counterparts(ObjectState.of(source), ObjectState.of(written));
        deltas.ifPresent(all -> all.resulted(new Delta(keyOf(pair, source.key()), Optional.of(states))));
    }

    /** Notes that the key is gone from the destination by our hand. */
    public void deleted(int pair, ObjectKey key) {
        deltas.ifPresent(all -> all.resulted(new Delta(keyOf(pair, key), Optional.empty())));
    }

    private BaselineKey keyOf(int pair, ObjectKey key) {
        BaselineSubject.Place place = places.get(pair);
        return new BaselineKey(place.pair(), key.prependedBy(KeyPrefix.of(place.inner())));
    }

    /** What of its paths a run compared. */
    public enum Coverage {
        WHOLE,
        PART
    }

    /** Writes the next baseline where it differs from the last, and removes what no longer counts. */
    public void commit(String runId, Instant now, Coverage coverage) {
        if (deltas.isEmpty()) {
            return;
        }
        List<String> made = new ArrayList<>();
        try {
            Manifest manifest = merged(deltas.get(), runId, now, coverage, (name, content) -> {
                made.add(name);
                area.write(name, content);
            });
            if (last.manifest().filter(manifest::saysAs).isPresent()) {
                return;
            }
            if (isCurrent(ManifestJson.bytes(manifest), made)) {
                area.sweep(runId, kept(manifest));
            }
        } catch (UnusableBaselineException | IOException | RuntimeException e) {
            warnings.accept("the baseline could not be written: " + e.getMessage());
        }
    }

    /**
     * Whether that manifest became the current one. A refusal may be that of a repeat, the first answer being lost: then
     * what is there says who wrote it. Parts are dropped only where no manifest names them; where that can't be known,
     * nothing is.
     */
    private boolean isCurrent(byte[] manifest, List<String> made) throws UnusableBaselineException {
        try {
            area.replaceCurrent(manifest, area.currentVersion());
            return true;
        } catch (StaleObjectException e) {
            byte[] now = area.currentNow();
            if (Arrays.equals(now, manifest)) {
                return true;
            }
            Set<String> named = Set.copyOf(ManifestJson.parse(now).names());
            warnings.accept("the baseline was written by another run meanwhile; this run's was dropped");
            drop(made.stream().filter(name -> !named.contains(name)).toList());
            return false;
        }
    }

    /**
     * What {@link #commit} would send after all that was noted; sends nothing itself, but for parts of the last baseline
     * that were not read yet and would be.
     *
     * @param store foretells writes
     */
    public RequestCounts foretell(Instant now, Coverage coverage, RequestForecast store) {
        if (deltas.isEmpty()) {
            return RequestCounts.NONE;
        }
        List<RequestCounts> writes = new ArrayList<>();
        try {
            Manifest manifest = merged(
                    deltas.get(),
                    FORETOLD,
                    now,
                    coverage,
                    (name, content) -> writes.add(store.writing(content.length).requests()));
            if (last.manifest().filter(manifest::saysAs).isPresent()) {
                return RequestCounts.NONE;
            }
            RequestCounts requests = area.sweeping(writes.size(), kept(manifest))
                    .plus(store.writing(ManifestJson.bytes(manifest).length).requests());
            return writes.stream().reduce(requests, RequestCounts::plus);
        } catch (UnusableBaselineException | IOException | RuntimeException e) {
            warnings.accept("the estimate leaves the baseline out: " + e.getMessage());
            return RequestCounts.NONE;
        }
    }

    private Manifest merged(Deltas noted, String runId, Instant now, Coverage coverage, BaselineMerge.Output output)
            throws IOException, UnusableBaselineException {
        BaselineSubject next = next(coverage);
        try (MergedDeltas changes = noted.finished()) {
            List<Chunk> chunks = new BaselineMerge(last, changes, runId, chunkEntries, output)
                    .merged(next.paths().size());
            return new Manifest(runId, now, next, isWhole(coverage), chunks);
        }
    }

    /** Parts that a later reader of the next baseline, or a present one of the last, needs. */
    private Set<String> kept(Manifest next) {
        Set<String> kept = new HashSet<>(next.names());
        last.manifest().ifPresent(old -> kept.addAll(old.names()));
        return kept;
    }

    /** What the next baseline is about: this run's subject, or the last one's when this run saw a part of it. */
    private BaselineSubject next(Coverage coverage) {
        if (last.manifest().isEmpty()) {
            return subject;
        }
        BaselineSubject old = last.manifest().get().subject();
        boolean seesAll = coverage == Coverage.WHOLE && old.paths().equals(subject.paths());
        boolean sameScope = old.scope().equals(subject.scope());
        boolean oneRule = old.rule().equals(subject.rule()) || seesAll && sameScope;
        return new BaselineSubject(
                subject.source(),
                subject.destination(),
                old.paths(),
                oneRule ? subject.rule() : MIXED,
                seesAll ? subject.scope() : old.scope());
    }

    private boolean isWhole(Coverage coverage) {
        if (last.manifest().isEmpty()) {
            return coverage == Coverage.WHOLE;
        }
        Manifest old = last.manifest().get();
        return coverage == Coverage.WHOLE && old.subject().paths().equals(subject.paths())
                || old.whole() && last.intact();
    }

    private void drop(List<String> made) {
        try {
            area.remove(made);
        } catch (StoreException e) {
            warnings.accept("parts of a dropped baseline could not be removed: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            if (spool.isPresent()) {
                spool.get().close();
            }
            if (deltas.isPresent()) {
                deltas.get().close();
            }
        } catch (IOException e) {
            warnings.accept("temporary files of the baseline could not be removed: " + e.getMessage());
        }
    }

    /** A walk through one pair's chunks. */
    private final class Walk implements PairBaseline {
        private final int pair;
        private final BaselineSubject.Place place;
        private final KeyPrefix inner;
        private int chunk = -1;
        private Optional<ChunkReader> reader = Optional.empty();
        private Optional<BaselineEntry> next = Optional.empty();
        private boolean loaded;

        private Walk(int pair) {
            this.pair = pair;
            place = places.get(pair);
            inner = KeyPrefix.of(place.inner());
        }

        @Override
        public Optional<BaselineEntry> peek() {
            if (!loaded) {
                next = load();
                loaded = true;
            }
            return next;
        }

        private Optional<BaselineEntry> load() {
            try {
                for (Optional<BaselineEntry> entry = read(); entry.isPresent(); entry = read()) {
                    ObjectKey key = entry.get().key();
                    if (key.startsWith(inner) && key.length() > inner.length()) {
                        return Optional.of(new BaselineEntry(
                                key.relativeTo(inner), entry.get().states()));
                    }
                    if (!inner.isEmpty() && key.compareTo(ObjectKey.of(place.inner())) > 0) {
                        return Optional.empty();
                    }
                }
                return Optional.empty();
            } catch (UnusableBaselineException e) {
                last.torn(place.pair(), chunk, e);
                reader = Optional.empty();
                return Optional.empty();
            }
        }

        /** The next entry of the pair that this one is a part of, from the first chunk that may hold one of ours. */
        private Optional<BaselineEntry> read() throws UnusableBaselineException {
            while (true) {
                Optional<BaselineEntry> entry =
                        reader.isPresent() ? reader.get().next() : Optional.empty();
                if (entry.isPresent()) {
                    return entry;
                }
                chunk = last.firstChunk(place.pair(), chunk + 1, inner);
                reader = last.open(place.pair(), chunk);
                if (reader.isEmpty()) {
                    return Optional.empty();
                }
            }
        }

        @Override
        public void skip() {
            loaded = false;
        }

        @Override
        public boolean isKept() {
            return true;
        }

        @Override
        public boolean knows() {
            peek();
            return last.knows(place.pair())
                    && last.manifest()
                            .filter(known -> known.subject().scope().equals(subject.scope()))
                            .isPresent();
        }

        @Override
        public boolean trusts() {
            return last.manifest()
                    .filter(known -> known.subject().rule().equals(subject.rule()))
                    .isPresent();
        }

        @Override
        public void equal(Page source, int sourceEntry, Page destination, int destinationEntry) {
            if (deltas.isPresent()) {
                note(
                        source.key(sourceEntry),
                        Optional.of(new Counterparts(
                                ObjectState.of(source, sourceEntry), ObjectState.of(destination, destinationEntry))));
            }
        }

        @Override
        public void equal(ObjectMeta source, ObjectMeta destination) {
            note(source.key(), Optional.of(new Counterparts(ObjectState.of(source), ObjectState.of(destination))));
        }

        @Override
        public void forget(ObjectKey key) {
            note(key, Optional.empty());
        }

        private void note(ObjectKey key, Optional<Counterparts> states) {
            deltas.ifPresent(all -> all.noted(new Delta(keyOf(pair, key), states)));
        }
    }
}
