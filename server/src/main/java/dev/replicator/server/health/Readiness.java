package dev.replicator.server.health;

import dev.replicator.server.api.Problem;
import dev.replicator.server.api.Router;
import dev.replicator.server.http.ProblemCode;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.schedule.Ticking;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether the history can be used, and what has to be looked at again and again is. Asked by anybody and as often as they like: it answers from
 * what was seen in the last seconds. Buckets are not asked; each run says how they are. Thread-safe.
 */
public final class Readiness implements Router.Routes, AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration STALE = Duration.ofSeconds(10);

    /**
     * Something that goes on all the time.
     *
     * @param what is looked at, in the plural
     */
    public record Loop(String what, BooleanSupplier alive) {}

    private final RunLog history;
    private final List<Loop> loops;
    private final LongSupplier nanos;
    private final AtomicLong used;
    private final Ticking looking;

    /** Begins to look. */
    public static Readiness of(RunLog history, List<Loop> loops) {
        return new Readiness(history, loops, System::nanoTime);
    }

    Readiness(RunLog history, List<Loop> loops, LongSupplier nanos) {
        this.history = history;
        this.loops = List.copyOf(loops);
        this.nanos = nanos;
        this.used = new AtomicLong(nanos.getAsLong());
        this.looking = Ticking.every(PAUSE, "readiness", this::look);
    }

    private void look() {
        history.newest(Optional.empty(), Optional.empty(), 1);
        used.set(nanos.getAsLong());
    }

    @Override
    public void addTo(Router router) {
        router.open(HandlerType.GET, "/health/ready", this::answer);
    }

    private void answer(Context context) {
        problem().ifPresent(why -> {
            throw Problem.of(ProblemCode.NOT_READY, why).thrown();
        });
        context.contentType("text/plain").result("ready");
    }

    Optional<String> problem() {
        if (nanos.getAsLong() - used.get() > STALE.toNanos()) {
            return Optional.of("the history can't be used");
        }
        return loops.stream()
                .filter(loop -> !loop.alive().getAsBoolean())
                .map(loop -> loop.what() + " are not looked at")
                .findFirst();
    }

    @Override
    public void close() {
        looking.close();
    }
}
