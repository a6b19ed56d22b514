package dev.replicator.baseline;

import dev.replicator.store.ObjectKey;

/** One key of a baseline, relative to its prefix pair, and both sides' states. */
public record BaselineEntry(ObjectKey key, Counterparts states) {
    /** The entry of a run whose work at the destination is gone, whatever is there now. */
    public BaselineEntry overwrittenByOthers() {
        return new BaselineEntry(
                key, new Counterparts(states.source(), states.destination().withOthersContent()));
    }
}
