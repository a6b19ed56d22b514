package dev.replicator.hook;

import dev.replicator.hook.lease.Ticker;
import dev.replicator.hook.lease.Timing;
import dev.replicator.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Processes that take turns: each has a thread, but only one moves, from one {@link #step} to the next, and a seed decides
 * which. Time passes a little with every step and as far as needed when all sleep. The same seed gives the same history.
 */
final class Simulation {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final List<Actor> processes = new ArrayList<>();
    private final SettableClock clock = new SettableClock();
    private final Random random;
    private final Duration longestStep;
    private final Map<String, Long> pauses = new HashMap<>();
    private long nanos = 1_000;

    Simulation(long seed, Duration longestStep) {
        this.random = new Random(seed);
        this.longestStep = longestStep;
    }

    /** One thread of a simulated process; {@code name} is the process's. */
    private final class Actor {
        private final Thread thread;
        private final String name;
        private long wakes;
        private boolean turn;
        private boolean ended;
        private Throwable failure;

        private Actor(String name, Runnable work) {
            this.name = name;
            thread = new Thread(() -> {
                try {
                    awaitTurn();
                    work.run();
                } catch (Throwable e) {
                    failure = e;
                } finally {
                    lock.lock();
                    try {
                        ended = true;
                        turn = false;
                        moved.signalAll();
                    } finally {
                        lock.unlock();
                    }
                }
            });
            thread.setDaemon(true);
        }

        private void awaitTurn() {
            lock.lock();
            try {
                while (!turn) {
                    moved.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
        }

        private void handBack() {
            lock.lock();
            try {
                turn = false;
                moved.signalAll();
            } finally {
                lock.unlock();
            }
            awaitTurn();
        }

        private long readyAt() {
            return Math.max(wakes, pauses.getOrDefault(name, 0L));
        }
    }

    SettableClock clock() {
        return clock;
    }

    Random random() {
        return random;
    }

    long nanos() {
        return nanos;
    }

    /** Adds a thread of the process of that name; it starts with {@link #run}, or with its first turn in it. */
    void spawn(String process, Runnable work) {
        Actor thread = new Actor(process, work);
        processes.add(thread);
        thread.thread.start();
    }

    /** A point at which others may move; a little time passes. */
    void step() {
        current().handBack();
    }

    /** Stops the current process with all its threads for so long, as SIGSTOP does: it notices nothing. */
    void pause(Duration length) {
        Actor thread = current();
        pauses.put(thread.name, nanos + length.toNanos());
        thread.handBack();
    }

    private void sleep(Duration length) {
        Actor process = current();
        process.wakes = nanos + Math.max(1, length.toNanos());
        process.handBack();
    }

    private Actor current() {
        return processes.stream()
                .filter(process -> process.thread == Thread.currentThread())
                .findFirst()
                .orElseThrow();
    }

    Timing timing() {
        return new Timing() {
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
                Simulation.this.sleep(pause);
            }
        };
    }

    Ticker ticker() {
        return (period, task) -> {
            boolean[] closed = {false};
            spawn(current().name, () -> {
                while (true) {
                    sleep(period);
                    if (closed[0]) {
                        return;
                    }
                    task.run();
                }
            });
            return () -> closed[0] = true;
        };
    }

    /** Lets everybody move until all have ended. */
    void run() {
        while (true) {
            List<Actor> alive =
                    processes.stream().filter(process -> !process.ended).toList();
            if (alive.isEmpty()) {
                break;
            }
            List<Actor> ready =
                    alive.stream().filter(process -> process.readyAt() <= nanos).toList();
            if (ready.isEmpty()) {
                pass(alive.stream().mapToLong(Actor::readyAt).min().orElseThrow() - nanos);
                continue;
            }
            pass((long) (random.nextDouble() * longestStep.toNanos()));
            move(ready.get(random.nextInt(ready.size())));
        }
        for (Actor process : processes) {
            if (process.failure != null) {
                throw new AssertionError("a simulated process failed", process.failure);
            }
        }
    }

    private void pass(long by) {
        nanos += by;
        clock.advance(Duration.ofNanos(by));
    }

    private void move(Actor process) {
        lock.lock();
        try {
            process.turn = true;
            moved.signalAll();
            long left = LIMIT.toNanos();
            while (process.turn) {
                left = moved.awaitNanos(left);
                if (left <= 0) {
                    throw new AssertionError("a simulated process hangs outside of the simulation");
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            lock.unlock();
        }
    }
}
