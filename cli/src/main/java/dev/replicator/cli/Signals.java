package dev.replicator.cli;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Console;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import sun.misc.Signal;

/**
 * SIGINT and SIGTERM: the first lets objects in flight finish, for half a minute at most, and the report be written; the
 * second ends the process at once.
 */
final class Signals {
    static final Duration GRACE = Duration.ofSeconds(30);
    /** For what follows the grace: the report, the lease. */
    static final Duration FAREWELL = Duration.ofSeconds(10);

    private final Session session;
    private final Console console;
    private final IntConsumer halt;
    private final AtomicBoolean stopping = new AtomicBoolean();

    Signals(Session session, IntConsumer halt) {
        this.session = session;
        this.halt = halt;
        console = session.console();
    }

    /** Takes the signals over, where this system has them and nobody else does (a JVM started with -Xrs). */
    void install() {
        install("INT", ExitCode.INTERRUPTED);
        install("TERM", ExitCode.TERMINATED);
    }

    private void install(String name, ExitCode code) {
        try {
            Signal.handle(new Signal(name), signal -> received(code));
        } catch (IllegalArgumentException e) {
            console.message("signal " + name + " can't be handled here: " + e.getMessage());
        }
    }

    void received(ExitCode code) {
        if (!stopping.compareAndSet(false, true)) {
            halt.accept(code.number());
            return;
        }
        session.stop(
                code,
                "stopped by " + (code == ExitCode.INTERRUPTED ? "SIGINT" : "SIGTERM")
                        + "; the same command again does what is left");
        console.message("Stopping: objects in flight finish, " + GRACE.toSeconds()
                + " s at most. A second signal stops at once.");
        haltAfterGrace(code);
    }

    private void haltAfterGrace(ExitCode code) {
        Thread timer = new Thread(
                () -> {
                    try {
                        Thread.sleep(GRACE.plus(FAREWELL).toMillis());
                        halt.accept(code.number());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "grace");
        timer.setDaemon(true);
        timer.start();
    }
}
