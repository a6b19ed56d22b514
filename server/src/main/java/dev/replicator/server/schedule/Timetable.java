package dev.replicator.server.schedule;

import java.time.Instant;
import java.util.Optional;

/** The times of a schedule. Immutable and thread-safe. */
interface Timetable {
    /** The first time strictly after that one; empty when there is none any more. */
    Optional<Instant> next(Instant after);
}
