package dev.replicator.baseline;

import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.Page;
import java.util.List;
import java.util.Optional;

/** A walk through one prefix pair's part of the last baseline; notes what changes in the next one. */
final class BaselineWalk implements PairBaseline {
    private final LastBaseline last;
    private final BaselineSubject subject;
    private final BaselineSubject.Place place;
    private final KeyPrefix inner;
    private final StoppedRuns stoppedRuns;
    private final StoppedRuns.Walk stopped;
    private final Optional<Deltas> deltas;
    private final Optional<Deltas> proofs;
    private int chunk = -1;
    private Optional<ChunkReader> reader = Optional.empty();
    private Optional<BaselineEntry> next = Optional.empty();
    private boolean loaded;

    /**
     * @param subject what the run compares
     * @param deltas where is noted what changes
     * @param proofs where is noted what was found equal
     */
    BaselineWalk(
            LastBaseline last,
            BaselineSubject subject,
            BaselineSubject.Place place,
            StoppedRuns stopped,
            Optional<Deltas> deltas,
            Optional<Deltas> proofs) {
        this.last = last;
        this.subject = subject;
        this.place = place;
        stoppedRuns = stopped;
        this.stopped = stopped.walk(place);
        this.deltas = deltas;
        this.proofs = proofs;
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
                    return Optional.of(
                            new BaselineEntry(key.relativeTo(inner), entry.get().states()));
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
            Optional<BaselineEntry> entry = reader.isPresent() ? reader.get().next() : Optional.empty();
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
        if (proofs.isPresent()) {
            note(
                    source.key(sourceEntry),
                    Optional.of(new Counterparts(
                            ObjectState.of(source, sourceEntry), ObjectState.of(destination, destinationEntry))));
        }
    }

    @Override
    public void equal(ObjectMeta source, ObjectMeta destination) {
        if (proofs.isPresent()) {
            note(source.key(), Optional.of(new Counterparts(ObjectState.of(source), ObjectState.of(destination))));
        }
    }

    @Override
    public void forget(ObjectKey key) {
        note(key, Optional.empty());
    }

    private void note(ObjectKey key, Optional<Counterparts> states) {
        deltas.ifPresent(all -> all.noted(new Delta(place.keyOf(key), states)));
    }

    @Override
    public List<Intent> intents(Page page, int entry) {
        return stopped.of(page.keys(), page.keyStart(entry), page.keyEnd(entry));
    }

    @Override
    public BaselineEntry adopt(Intent intent, ObjectMeta destination) {
        ObjectState left = ObjectState.of(destination);
        Counterparts states = new Counterparts(
                intent.source().orElseThrow(),
                intent.isUnderOthersMetadata(destination) ? left.withOthersMetadata() : left);
        note(intent.key(), Optional.of(states));
        return new BaselineEntry(intent.key(), states);
    }

    @Override
    public void leaveOpen() {
        stoppedRuns.leaveOpen();
    }
}
