package dev.replicator.server.schedule;

import dev.replicator.config.Configuration;
import dev.replicator.server.run.RunLogException;
import dev.replicator.server.run.RunOrder;
import dev.replicator.server.run.Runs;
import dev.replicator.server.run.Timings;
import dev.replicator.server.run.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts runs when schedules are due. Of several servers over one database one lets a time go; a run still needs the job's
 * lease. Thread-safe; {@link #look} is called again and again by {@link Ticking}.
 */
public final class Scheduler implements Timings {
    /** So long the others keep away from what one of several servers sees to. */
    private static final Duration CLAIM = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(Scheduler.class);

    private final List<Schedule> schedules;
    private final ScheduleStore store;
    private final Function<RunOrder, Runs.Answer> starts;
    private final Clock clock;
    private final Planning planning;
    private volatile Known known = new Known(Map.of(), Set.of());

    Scheduler(
            List<Schedule> schedules,
            ScheduleStore store,
            Function<RunOrder, Runs.Answer> starts,
            Clock clock,
            Planning planning) {
        this.schedules = List.copyOf(schedules);
        this.store = store;
        this.starts = starts;
        this.clock = clock;
        this.planning = planning;
        store.keepOnly(schedules.stream().map(ScheduleStore.Key::of).toList());
    }

    /** All schedules of a configuration; those that say the same are one. */
    static List<Schedule> of(Configuration configuration) {
        return configuration.jobs().entrySet().stream()
                .flatMap(
                        job -> job.getValue().schedules().stream().map(settings -> Schedule.of(job.getKey(), settings)))
                .collect(java.util.stream.Collectors.toMap(
                        ScheduleStore.Key::of, schedule -> schedule, (one, same) -> one, java.util.LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** Lets go what is due. A history that can't be used is said, and tried again with the next look. */
    public void look() {
        Set<String> paused = store.paused();
        Map<ScheduleStore.Key, ScheduleState> states = store.states();
        Map<String, Instant> next = new HashMap<>();
        Instant now = clock.instant();
        for (Schedule schedule : schedules) {
            Optional<ScheduleState> state = Optional.ofNullable(states.get(ScheduleStore.Key.of(schedule)));
            ScheduleState after = state.isEmpty()
                    ? entered(schedule, now)
                    : looked(schedule, state.get(), paused.contains(schedule.job()), now);
            if (after.due().isBefore(ScheduleState.NEVER)) {
                next.merge(schedule.job(), after.due(), (one, other) -> one.isBefore(other) ? one : other);
            }
        }
        known = new Known(Map.copyOf(next), paused);
    }

    private ScheduleState entered(Schedule schedule, Instant now) {
        ScheduleState first = planning.first(schedule, now);
        store.enter(schedule, first);
        return first;
    }

    private ScheduleState looked(Schedule schedule, ScheduleState seen, boolean paused, Instant now) {
        ScheduleState state = planning.corrected(schedule, seen, now);
        if (paused) {
            state = planning.passedOver(schedule, state, now);
        } else if (!state.due().isAfter(now)) {
            state = planning.letGo(schedule, state, now);
        }
        if (!state.equals(seen) && !store.replace(schedule, seen, state)) {
            return seen;
        }
        return state.waiting().isPresent() ? begun(schedule, state, now) : state;
    }

    /** The run of what waits, unless the job is running, or another server sees to it. */
    private ScheduleState begun(Schedule schedule, ScheduleState state, Instant now) {
        boolean claimed =
                state.claimedUntil().isAfter(now) && !state.claimedUntil().isAfter(now.plus(CLAIM));
        ScheduleState mine = state.claimedUntil(now.plus(CLAIM));
        if (claimed || !store.replace(schedule, state, mine)) {
            return state;
        }
        Runs.Answer answer = starts.apply(new RunOrder(
                schedule.job(), schedule.action(), false, new Trigger(Trigger.Kind.SCHEDULE, schedule.name(), "")));
        if (answer instanceof Runs.Answer.Busy busy) {
            log.debug(
                    "{} of job {} waits for run {}",
                    schedule.name(),
                    schedule.job(),
                    busy.run().id());
            return mine;
        }
        ScheduleState done = mine.nothingWaits();
        store.replace(schedule, mine, done);
        return done;
    }

    @Override
    public boolean isPaused(String job) {
        return known.paused().contains(job);
    }

    @Override
    public Optional<Instant> nextRun(String job) {
        return isPaused(job)
                ? Optional.empty()
                : Optional.ofNullable(known.next().get(job));
    }

    /**
     * Lets schedules of a job rest, also after a restart; what waits is dropped.
     *
     * @throws RunLogException when it can't be remembered
     */
    public void pause(String job, String by) {
        store.pause(job, clock.instant(), by);
        known = new Known(known.next(), store.paused());
    }

    /**
     * Lets them go on with the next time; nothing is made up for.
     *
     * @throws RunLogException when it can't be remembered
     */
    public void resume(String job) {
        look();
        store.resume(job);
        look();
    }

    /** What the last look saw. */
    private record Known(Map<String, Instant> next, Set<String> paused) {}
}
