package dev.replicator.server.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of a schedule. Immutable.
 *
 * @param planned its next time, as the timetable has it
 * @param due when that is let go: put off by the jitter
 * @param last the time that was let go last
 * @param waiting a time that was let go and whose run hasn't begun: the job was running
 * @param claimedUntil so long one of several servers sees to what waits
 */
record ScheduleState(
        Instant planned, Instant due, Optional<Instant> last, Optional<Instant> waiting, Instant claimedUntil) {
    /** A time that never comes. */
    static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE / 2);

    static ScheduleState first(Instant planned, Instant due) {
        return new ScheduleState(planned, due, Optional.empty(), Optional.empty(), Instant.EPOCH);
    }

    ScheduleState claimedUntil(Instant until) {
        return new ScheduleState(planned, due, last, waiting, until);
    }

    ScheduleState nothingWaits() {
        return new ScheduleState(planned, due, last, Optional.empty(), Instant.EPOCH);
    }
}
