package dev.replicator.baseline;

import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.RequestCounts;
import dev.replicator.store.RequestForecast;
import dev.replicator.store.RequestKind;
import dev.replicator.store.Version;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
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
    /** As long as the id of a run. */
    private static final String FORETOLD = "00000000T000000Z-00000000";

    private final BaselineArea area;
    private final BaselineSubject subject;
    private final BaselineSubject whole;
    private final List<BaselineSubject.Place> places;
    private final StoppedRuns stopped;
    private final LastBaseline last;
    private final Optional<Deltas> deltas;
    private final Optional<ChunkSpool> spool;
    private final Consumer<String> warnings;
    private final int chunkEntries;
    /** Whether this run compares a part by another rule than the baseline's: what it finds equal proves nothing there. */
    private final boolean guest;

    private Optional<IntentLog> announced = Optional.empty();

    private BaselineRun(
            BaselineArea area,
            BaselineSubject subject,
            Coverage intended,
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
        whole = last.manifest().map(Manifest::subject).orElse(subject);
        places = subject.paths().stream()
                .map(path -> whole.placeOf(path).orElseThrow())
                .toList();
        stopped = new StoppedRuns(area, whole, warnings);
        guest = intended != Coverage.JOB && !whole.rule().equals(subject.rule());
    }

    /**
     * For a run that will write the next baseline, or for its plan, which only {@link #foretell foretells} that; loads the
     * last one's manifest.
     *
     * @param control the job's control prefix
     */
    public static BaselineRun writing(ObjectStore control, BaselineSubject subject, Consumer<String> warnings) {
        return writing(control, subject, Coverage.JOB, warnings);
    }

    /**
     * As {@link #writing(ObjectStore, BaselineSubject, Consumer)}, for a run of a part of the job too: where that compares
     * by another rule than the baseline was made by, it leaves the rule and the entries that it did not change itself.
     *
     * @param intended how much of the job the run is about
     */
    public static BaselineRun writing(
            ObjectStore control, BaselineSubject subject, Coverage intended, Consumer<String> warnings) {
        return new BaselineRun(
                new BaselineArea(control),
                subject,
                intended,
                Optional.of(new Deltas()),
                warnings,
                ChunkBuilder.MOST_ENTRIES);
    }

    /** As {@link #writing}, with chunks of another size. */
    static BaselineRun writingChunksOf(
            int chunkEntries, ObjectStore control, BaselineSubject subject, Consumer<String> warnings) {
        return new BaselineRun(
                new BaselineArea(control), subject, Coverage.JOB, Optional.of(new Deltas()), warnings, chunkEntries);
    }

    /** For what only looks: keeps and writes nothing. */
    public static BaselineRun reading(ObjectStore control, BaselineSubject subject, Consumer<String> warnings) {
        return new BaselineRun(
                new BaselineArea(control),
                subject,
                Coverage.JOB,
                Optional.empty(),
                warnings,
                ChunkBuilder.MOST_ENTRIES);
    }

    /** Whether runs that were stopped announced what is not settled yet. */
    public boolean settles() {
        return !stopped.isEmpty();
    }

    public BaselineStatus status() {
        return last.status();
    }

    /** The baseline of prefix pair number {@code pair}; to be walked once. */
    public PairBaseline pair(int pair) {
        return new BaselineWalk(last, subject, places.get(pair), stopped, deltas, guest ? Optional.empty() : deltas);
    }

    /** Notes that {@code written} is now the copy of {@code source}. */
    public void copied(int pair, ObjectMeta source, ObjectMeta written) {
        resulted(pair, source, ObjectState.of(written));
    }

    /** The same, but for metadata, which are others' work still: they were kept from the object that was replaced. */
    public void copiedUnderOthersMetadata(int pair, ObjectMeta source, ObjectMeta written) {
        resulted(pair, source, ObjectState.of(written).withOthersMetadata());
    }

    private void resulted(int pair, ObjectMeta source, ObjectState written) {
        Counterparts states = new Counterparts(ObjectState.of(source), written);
        deltas.ifPresent(all -> all.resulted(new Delta(keyOf(pair, source.key()), Optional.of(states))));
    }

    /** Notes that the key is gone from the destination by our hand. */
    public void deleted(int pair, ObjectKey key) {
        deltas.ifPresent(all -> all.resulted(new Delta(keyOf(pair, key), Optional.empty())));
    }

    private BaselineKey keyOf(int pair, ObjectKey key) {
        return places.get(pair).keyOf(key);
    }

    /**
     * What this run is about to do will be written down: to be called before the first {@link #copies} or {@link #deletes}.
     */
    public void announcing(String runId) {
        announced = Optional.of(new IntentLog(area, whole, runId));
    }

    /**
     * Notes that {@code source} is about to be copied; by the thread that {@link #announced announces}.
     *
     * @param replaces the destination's version that is there; empty where there is none
     */
    public void copies(int pair, ObjectMeta source, Optional<Version> replaces, Intent.Metadata metadata) {
        announced.ifPresent(log -> log.copies(keyOf(pair, source.key()), source, replaces, metadata));
    }

    /** Notes that the destination's object is about to be deleted; by the thread that {@link #announced announces}. */
    public void deletes(int pair, ObjectMeta destination) {
        announced.ifPresent(log -> log.deletes(keyOf(pair, destination.key()), destination.version()));
    }

    /** Writes down what was noted to come; throws what the store throws. */
    public void announced() {
        announced.ifPresent(IntentLog::write);
    }

    /** What is known of the end of a run's writes. */
    public enum Certainty {
        /** Each of them did what its result says, or nothing. */
        KNOWN,
        /** One that failed, or did not end in time, may have come about all the same. */
        UNKNOWN
    }

    /**
     * Removes what was announced and is in the baseline that {@link #commit} left: of runs before, all; of this one, where
     * its end is known.
     */
    private void forgetIntents(Coverage coverage, Certainty certainty) {
        List<String> done = new ArrayList<>();
        if (coverage == Coverage.JOB) {
            done.addAll(stopped.settled());
        }
        if (certainty == Certainty.KNOWN) {
            announced.ifPresent(log -> done.addAll(log.names()));
        }
        area.remove(done);
    }

    /** What a run compared. */
    public enum Coverage {
        /** All that its job is about. */
        JOB,
        /** All of its paths, which are a part of its job's, or under a narrower filter. */
        PATHS,
        /** Not even all of its paths. */
        PART
    }

    /**
     * Writes the next baseline where it differs from the last, and removes what no longer counts. A run that did not see
     * all that its job is about leaves none while there is something to settle: no entry may be newer than an intent. What
     * stopped runs announced of keys that the job is no longer about goes with the first run that saw all.
     */
    public void commit(String runId, Instant now, Coverage coverage, Certainty certainty) {
        if (deltas.isEmpty() || !stopped.isEmpty() && coverage != Coverage.JOB) {
            return;
        }
        List<String> made = new ArrayList<>();
        try {
            Manifest manifest = merged(deltas.get(), runId, now, coverage, (name, content) -> {
                made.add(name);
                area.write(name, content);
            });
            boolean asBefore = last.manifest().filter(manifest::saysAs).isPresent();
            if (!asBefore && !new Publication(area, warnings).isCurrent(ManifestJson.bytes(manifest), made)) {
                return;
            }
            if (!asBefore) {
                area.sweep(runId, kept(manifest));
            }
            forgetIntents(coverage, certainty);
        } catch (UnusableBaselineException | IOException | RuntimeException e) {
            warnings.accept("the baseline could not be written: " + e.getMessage());
        }
    }

    /**
     * How much a run will write down before it does it.
     *
     * @param writes copies and updates
     */
    public record Announced(long writes, long deletes) {
        public static final Announced NOTHING = new Announced(0, 0);
    }

    /**
     * What {@link #commit} would send after all that was noted; sends nothing itself, but for parts of the last baseline
     * that were not read yet and would be.
     *
     * @param store foretells writes
     * @param announced what will be written down before it is done
     */
    public RequestCounts foretell(Instant now, Coverage coverage, RequestForecast store, Announced announced) {
        if (deltas.isEmpty() || !stopped.isEmpty() && coverage != Coverage.JOB) {
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
            RequestCounts intents = intents(coverage, store, announced);
            if (last.manifest().filter(manifest::saysAs).isPresent()) {
                return intents;
            }
            RequestCounts requests = area.sweeping(writes.size(), kept(manifest))
                    .plus(store.writing(ManifestJson.bytes(manifest).length).requests());
            return writes.stream().reduce(requests.plus(intents), RequestCounts::plus);
        } catch (UnusableBaselineException | IOException | RuntimeException e) {
            warnings.accept("the estimate leaves the baseline out: " + e.getMessage());
            return RequestCounts.NONE;
        }
    }

    /** Writing what is to come, and removing it again with what stopped runs left. */
    private RequestCounts intents(Coverage coverage, RequestForecast store, Announced announced) {
        long objects = IntentBatches.objects(announced.writes(), announced.deletes());
        long left = coverage == Coverage.JOB ? stopped.settled().size() : 0;
        RequestCounts requests = RequestCounts.of(RequestKind.DELETE, objects + left);
        for (long i = 0; i < objects; i++) {
            requests = requests.plus(store.writing(1).requests());
        }
        return requests;
    }

    private Manifest merged(Deltas noted, String runId, Instant now, Coverage coverage, BaselineMerge.Output output)
            throws IOException, UnusableBaselineException {
        Succession succession = guest
                ? new Succession(last, subject.byRule(whole.rule()), Coverage.PART)
                : new Succession(last, subject, coverage);
        try (MergedDeltas changes = noted.finished()) {
            BaselineMerge merge = new BaselineMerge(last, changes, runId, chunkEntries, output);
            List<Chunk> chunks = merge.merged(succession.pairs());
            return new Manifest(runId, now, succession.next(merge.carried()), succession.isWhole(), chunks);
        }
    }

    /** Parts that a later reader of the next baseline, or a present one of the last, needs. */
    private Set<String> kept(Manifest next) {
        Set<String> kept = new HashSet<>(next.names());
        last.manifest().ifPresent(old -> kept.addAll(old.names()));
        return kept;
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
}
