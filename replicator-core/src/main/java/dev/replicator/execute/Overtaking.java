package dev.replicator.execute;

import dev.replicator.diff.Clocks;
import dev.replicator.plan.Action;
import dev.replicator.store.EntryNote;
import dev.replicator.store.ObjectMeta;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Looks whether a source was changed while it was copied. The copy is the version that was listed; but where its time is
 * that of its making, later than the change's, no later run sees the change by times. A copy that was quick is not worth a
 * request: a change that recent is in doubt for the next run, be it for the error of measuring two services' clocks or for
 * times in whole seconds. (One service with finer times can hide a change within a second.) Thread-safe.
 */
record Overtaking(Clock clock) {
    private static final Duration WHOLE_SECONDS = Duration.ofSeconds(1);

    /**
     * The source as it is now, if that is another usable version than the one that was copied; one that is gone is the
     * next run's matter.
     *
     * @param begun when the copy was begun, by our own clock
     */
    Optional<ObjectMeta> change(PairStores stores, Action.Copy copied, Instant begun) {
        Clocks clocks = Clocks.of(stores.source(), stores.destination());
        Duration quick = clocks.oneClock() ? WHOLE_SECONDS : clocks.error();
        if (clocks.keepsModified() || Duration.between(begun, clock.instant()).compareTo(quick) <= 0) {
            return Optional.empty();
        }
        return stores.source()
                .head(copied.key())
                .filter(now -> !now.version().equals(copied.source().version()))
                .filter(now -> now.note() == EntryNote.NONE);
    }
}
