package dev.replicator.baseline;

import dev.replicator.store.ObjectMeta;
import dev.replicator.store.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run is about to do, written down before it does it: should it be stopped before it leaves its baseline, the next
 * run tells by this what is its own. Keys that ascend make one sequence of objects; the first that does not begins the
 * next. Used by one thread.
 */
final class IntentLog {
    /** What names of such objects begin with, behind the run's id. */
    static final String WORD = "intent-";

    private final BaselineArea area;
    private final BaselineSubject subject;
    private final String runId;
    private final List<String> written = new ArrayList<>();
    private final List<IntentCodec.Row> waiting = new ArrayList<>();
    private Optional<BaselineKey> last = Optional.empty();
    private int sequence;

    IntentLog(BaselineArea area, BaselineSubject subject, String runId) {
        this.area = area;
        this.subject = subject;
        this.runId = runId;
    }

    void copies(BaselineKey at, ObjectMeta source, Optional<Version> replaces, Intent.Metadata metadata) {
        add(
                at,
                new Intent(
                        runId,
                        Instant.EPOCH,
                        at.key(),
                        Optional.of(ObjectState.of(source)),
                        source.fingerprints(),
                        replaces,
                        metadata));
    }

    void deletes(BaselineKey at, Version seen) {
        add(
                at,
                new Intent(
                        runId,
                        Instant.EPOCH,
                        at.key(),
                        Optional.empty(),
                        List.of(),
                        Optional.of(seen),
                        Intent.Metadata.SOURCES));
    }

    private void add(BaselineKey at, Intent intent) {
        if (last.isPresent() && at.compareTo(last.get()) <= 0) {
            write();
            sequence++;
        }
        last = Optional.of(at);
        waiting.add(new IntentCodec.Row(at, intent));
    }

    /** Writes what was added since; throws what the store throws. */
    void write() {
        if (waiting.isEmpty()) {
            return;
        }
        String name = String.format(
                Locale.ROOT,
                "%s/%s%04d-%06d-%04d-%04d",
                runId,
                WORD,
                sequence,
                written.size(),
                waiting.get(0).at().pair(),
                waiting.get(waiting.size() - 1).at().pair());
        area.write(name, IntentCodec.bytes(subject, waiting));
        written.add(name);
        waiting.clear();
    }

    /** Names of what was written. */
    List<String> names() {
        return List.copyOf(written);
    }
}
