package dev.replicator.cli.output;

import dev.replicator.cli.terminal.Console;
import dev.replicator.cli.terminal.Sizes;
import dev.replicator.diff.Change;
import dev.replicator.execute.ActionResult;
import dev.replicator.plan.Action;
import dev.replicator.report.RunListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far a run is: a bar that redraws itself on a terminal, elsewhere a line every ten seconds; on stderr. What is left
 * to do grows while listing goes on, so the bar is of what is known.
 */
public final class Progress implements RunListener, AutoCloseable {
    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration LINE = Duration.ofSeconds(10);
    private static final int BAR_CELLS = 24;

    private final Console console;
    private final Clock clock;
    private final Instant start;
    private final AtomicLong listed = new AtomicLong();
    private final AtomicLong planned = new AtomicLong();
    private final AtomicLong plannedBytes = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong doneBytes = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private boolean closed;

    private Progress(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
        start = clock.instant();
    }

    /** Begins to show progress, until closed. */
    public static Progress shownOn(Console console, Clock clock) {
        Progress progress = new Progress(console, clock);
        boolean terminal = console.terminals().error();
        long every = (terminal ? REDRAW : LINE).toMillis();
        progress.ticker.scheduleAtFixedRate(
                terminal ? progress::redraw : progress::line, every, every, TimeUnit.MILLISECONDS);
        return progress;
    }

    @Override
    public void listed(Change.Side side, long keys) {
        listed.addAndGet(keys);
    }

    @Override
    public void planned(Action action) {
        if (action instanceof Action.Skip || action instanceof Action.Keep) {
            return;
        }
        planned.incrementAndGet();
        if (action instanceof Action.Copy copy) {
            plannedBytes.addAndGet(copy.source().size());
        }
    }

    @Override
    public void finished(ActionResult result) {
        if (result.action() instanceof Action.Skip || result.action() instanceof Action.Keep) {
            return;
        }
        done.incrementAndGet();
        if (result instanceof ActionResult.Done copied) {
            doneBytes.addAndGet(copied.bytes());
        } else if (result instanceof ActionResult.Failed) {
            failed.incrementAndGet();
        }
    }

    private synchronized void redraw() {
        if (!closed) {
            console.flush();
            console.status(bar() + " " + text());
        }
    }

    private synchronized void line() {
        if (!closed) {
            console.flush();
            console.message(text());
        }
    }

    private String bar() {
        long all = planned.get();
        int full = all == 0 ? 0 : (int) Math.min(BAR_CELLS, BAR_CELLS * done.get() / all);
        return "█".repeat(full) + "░".repeat(BAR_CELLS - full);
    }

    String text() {
        Duration elapsed = Duration.between(start, clock.instant());
        long perSecond = doneBytes.get() * 1000 / Math.max(1, elapsed.toMillis());
        return Sizes.count(listed.get()) + " listed, "
                + Sizes.count(done.get()) + "/" + Sizes.count(planned.get()) + " objects, "
                + Sizes.bytes(doneBytes.get()) + " of " + Sizes.bytes(plannedBytes.get())
                + (doneBytes.get() > 0 ? ", " + Sizes.bytes(perSecond) + "/s" : "")
                + (failed.get() > 0 ? ", " + Sizes.count(failed.get()) + " failed" : "")
                + ", " + Sizes.time(elapsed);
    }

    @Override
    public synchronized void close() {
        closed = true;
        ticker.shutdownNow();
        console.status("");
    }
}
