package dev.replicator.hook;

import dev.replicator.config.text.Durations;
import dev.replicator.hook.control.ControlObjects;
import dev.replicator.hook.control.LeaseOwner;
import dev.replicator.hook.lease.Lease;
import dev.replicator.hook.lease.LeaseView;
import dev.replicator.hook.lease.Leases;
import dev.replicator.job.HookSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Waits for a job's lease, for so long as it is worth it. */
final class Contest {
    private static final Duration LONGEST_POLL = Duration.ofSeconds(2);
    private static final Duration SHORTEST_POLL = Duration.ofMillis(50);

    private final HookMachinery machinery;
    private final HookSettings settings;
    private final Leases leases;
    private final String job;
    private final Consumer<String> waiting;

    /**
     * @param control sends every request once
     * @param waiting hears, once for every wait, whom it is for
     */
    Contest(
            HookMachinery machinery,
            HookSettings settings,
            ControlObjects control,
            String job,
            String purpose,
            Consumer<String> waiting) {
        this.job = job;
        this.waiting = waiting;
        this.machinery = machinery;
        this.settings = settings;
        this.leases = new Leases(
                control,
                machinery.timing(),
                new LeaseOwner(
                        machinery.ids().get(),
                        machinery.host(),
                        machinery.pid(),
                        purpose,
                        machinery.timing().now(),
                        settings.leaseTtl()),
                machinery.attempts());
    }

    /** How it ended. */
    sealed interface End<T> {
        record Won<T>(Lease lease) implements End<T> {}

        /** What the caller looked for while it waited has come true. */
        record Settled<T>(T result) implements End<T> {}

        record Held<T>(LeaseView view) implements End<T> {}
    }

    /** The ruling lease now. */
    LeaseView look() {
        return leases.look();
    }

    /**
     * Takes the lease once it is free.
     *
     * @param settled asked between looks: whether waiting has become pointless
     */
    <T> End<T> wait(Supplier<Optional<T>> settled) throws InterruptedException {
        long start = machinery.timing().nanos();
        boolean told = false;
        while (true) {
            LeaseView view = leases.look();
            boolean free = leases.isFree(view);
            if (free) {
                Optional<Lease> lease = leases.take(view);
                if (lease.isPresent()) {
                    return new End.Won<>(lease.get());
                }
            }
            Optional<T> result = settled.get();
            if (result.isPresent()) {
                return new End.Settled<>(result.get());
            }
            Duration waited = Duration.ofNanos(machinery.timing().nanos() - start);
            if (waited.compareTo(patience(view)) >= 0) {
                return new End.Held<>(leases.look());
            }
            if (!free && !told) {
                waiting.accept("waiting for " + view.holder() + ", which runs job " + job + ", up to "
                        + Durations.format(patience(view)));
                told = true;
            }
            machinery.timing().sleep(poll());
        }
    }

    /** Whether a holder that seems gone is: that takes a TTL to find out. */
    private Duration patience(LeaseView view) {
        return leases.maybeGone(view) ? settings.waitLock().plus(settings.leaseTtl()) : settings.waitLock();
    }

    private Duration poll() {
        Duration poll = settings.leaseTtl().dividedBy(10);
        if (poll.compareTo(LONGEST_POLL) > 0) {
            poll = LONGEST_POLL;
        }
        if (poll.compareTo(SHORTEST_POLL) < 0) {
            poll = SHORTEST_POLL;
        }
        return Duration.ofNanos(
                (long) (poll.toNanos() * (0.5 + machinery.random().getAsDouble())));
    }
}
