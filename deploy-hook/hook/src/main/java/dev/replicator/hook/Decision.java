package dev.replicator.hook;

import dev.replicator.hook.control.Applied;
import dev.replicator.hook.control.ControlArea;
import dev.replicator.hook.control.Document;
import dev.replicator.hook.control.FailedAttempt;
import java.util.Optional;

/** What follows from what the control prefix remembers. */
sealed interface Decision {
    /** Nothing to do for this process. */
    record Stop(HookResult result) implements Decision {}

    /**
     * A run is due.
     *
     * @param warning why deletes are off in it
     */
    record Run(Optional<String> warning) implements Decision {}

    /** A process died between ledger and marker: the marker is written after the entry, nothing is copied. */
    record Heal(Applied entry) implements Decision {}

    /** What is remembered of a deployment and of the job; read in one go. */
    record Memory(Document<Applied> marker, Document<Applied> ledger, Document<FailedAttempt> attempt) {
        static Memory read(ControlArea area, String deployment) {
            return new Memory(area.marker(), area.ledger(deployment), area.attempt());
        }
    }
}
