package dev.replicator.server.schedule;

import dev.replicator.config.ScheduleSettings.CatchUp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/** Decides what follows for a schedule from what is remembered of it and from what the clock shows. Thread-safe. */
final class Planning {
    /** A time that is let go so much later was not missed. */
    static final Duration LATE = Duration.ofMinutes(5);
    /** A clock that is set back by so much repeats nothing. */
    static final Duration SET_BACK = Duration.ofHours(1);

    private final LongUnaryOperator random;

    /** @param random gives a number from nothing up to the one that it gets */
    Planning(LongUnaryOperator random) {
        this.random = random;
    }

    /** For a schedule that is seen for the first time. */
    ScheduleState first(Schedule schedule, Instant now) {
        Instant planned = after(schedule, now);
        return ScheduleState.first(planned, due(schedule, planned));
    }

    /** The next time is never farther away than the timetable has it: else the clock was wrong when it was planned. */
    ScheduleState corrected(Schedule schedule, ScheduleState state, Instant now) {
        Optional<Instant> last = state.last().filter(time -> !time.isAfter(now.plus(SET_BACK)));
        Instant latest = after(schedule, last.filter(time -> time.isAfter(now)).orElse(now));
        if (!state.planned().isAfter(latest)) {
            return state;
        }
        return new ScheduleState(latest, due(schedule, latest), last, state.waiting(), state.claimedUntil());
    }

    /**
     * Once it is due: on to the next time. Its own waits for its run now, but for what was missed and is left out; two never
     * wait.
     */
    ScheduleState letGo(Schedule schedule, ScheduleState state, Instant now) {
        boolean missed = Duration.between(state.due(), now).compareTo(LATE) > 0;
        boolean leftOut = missed && schedule.catchUp() == CatchUp.SKIP;
        Instant next = after(schedule, now);
        return new ScheduleState(
                next,
                due(schedule, next),
                Optional.of(state.planned()),
                leftOut || state.waiting().isPresent() ? state.waiting() : Optional.of(state.planned()),
                state.claimedUntil());
    }

    /** While the job is paused: on to the next time, and nothing waits. */
    ScheduleState passedOver(Schedule schedule, ScheduleState state, Instant now) {
        Instant planned = state.due().isAfter(now) ? state.planned() : after(schedule, now);
        return new ScheduleState(
                planned,
                planned.equals(state.planned()) ? state.due() : due(schedule, planned),
                planned.equals(state.planned()) ? state.last() : Optional.of(state.planned()),
                Optional.empty(),
                Instant.EPOCH);
    }

    private static Instant after(Schedule schedule, Instant time) {
        return schedule.times().next(time).orElse(ScheduleState.NEVER);
    }

    private Instant due(Schedule schedule, Instant planned) {
        long jitter = schedule.jitter().toMillis();
        return jitter <= 0 || planned.equals(ScheduleState.NEVER)
                ? planned
                : planned.plusMillis(random.applyAsLong(jitter));
    }
}
