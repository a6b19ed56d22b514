package dev.replicator.server.schedule;

import java.time.LocalDateTime;
import java.util.Optional;

/** The times of a calendar that knows no zones, as a clock on the wall shows them. Immutable and thread-safe. */
interface LocalTimes {
    /** The first full minute strictly after that time; empty when there is none any more. */
    Optional<LocalDateTime> next(LocalDateTime after);

    /** Whether it leaves out no hour of a day: such times follow the clock when it is set back or forward. */
    boolean isHourly();
}
