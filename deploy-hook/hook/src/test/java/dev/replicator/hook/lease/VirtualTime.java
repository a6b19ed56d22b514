package dev.replicator.hook.lease;

import dev.replicator.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Time that passes only when somebody sleeps or advances it; ticks run on the way, in the thread that lets time pass.
 * Calendar and stopwatch move together unless the calendar is set. Single-threaded.
 */
public final class VirtualTime implements Timing, Ticker {
    private final SettableClock clock = new SettableClock();
    private final List<Tick> ticks = new ArrayList<>();
    private final List<Duration> sleeps = new ArrayList<>();
    private long nanos = 1_000;

    private static final class Tick {
        private final long period;
        private final Runnable task;
        private long due;

        private Tick(long due, long period, Runnable task) {
            this.due = due;
            this.period = period;
            this.task = task;
        }
    }

    /** The calendar that goes with it. */
    public SettableClock clock() {
        return clock;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void sleep(Duration pause) {
        sleeps.add(pause);
        advance(pause);
    }

    /** Every pause so far. */
    public List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    public void advance(Duration by) {
        long end = nanos + by.toNanos();
        for (Optional<Tick> due = dueBefore(end); due.isPresent(); due = dueBefore(end)) {
            Tick tick = due.get();
            passUntil(tick.due);
            tick.due += tick.period;
            tick.task.run();
        }
        passUntil(end);
    }

    /** As a process that was stopped sees it: time has passed and nothing ran. */
    public void jump(Duration by) {
        ticks.forEach(tick -> tick.due += by.toNanos());
        passUntil(nanos + by.toNanos());
    }

    private Optional<Tick> dueBefore(long end) {
        return ticks.stream().filter(tick -> tick.due <= end).min(Comparator.comparingLong(tick -> tick.due));
    }

    private void passUntil(long moment) {
        if (moment > nanos) {
            clock.advance(Duration.ofNanos(moment - nanos));
            nanos = moment;
        }
    }

    @Override
    public Ticking every(Duration period, Runnable task) {
        Tick tick = new Tick(nanos + period.toNanos(), period.toNanos(), task);
        ticks.add(tick);
        return () -> ticks.remove(tick);
    }
}
