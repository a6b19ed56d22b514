package dev.replicator.hook;

import dev.replicator.execute.Cancellation;
import dev.replicator.execute.MutationGuard;
import dev.replicator.execute.Problem;
import dev.replicator.hook.lease.Attempts;
import dev.replicator.hook.lease.Lease;
import dev.replicator.hook.lease.Ticker;
import dev.replicator.job.HookSettings;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StaleObjectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time during which a lease is held: keeps it beating, stops the work when it is lost or takes too long, gives it
 * back at the end.
 */
final class LeasedWork implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LeasedWork.class);

    private final Optional<Lease> lease;
    private final Cancellation cancellation;
    private final Attempts attempts;
    private final RetrySettings retry;
    private final List<Ticker.Ticking> ticks = new ArrayList<>();

    LeasedWork(
            HookMachinery machinery,
            HookSettings settings,
            RetrySettings retry,
            Lease lease,
            Cancellation cancellation) {
        this(machinery, retry, Optional.of(lease), cancellation);
        ticks.add(machinery.ticker().every(settings.leaseTtl().dividedBy(3), () -> beat(lease)));
        ticks.add(limit(machinery, settings, cancellation));
    }

    private LeasedWork(HookMachinery machinery, RetrySettings retry, Optional<Lease> lease, Cancellation cancellation) {
        this.attempts = machinery.attempts();
        this.retry = retry;
        this.lease = lease;
        this.cancellation = cancellation;
    }

    /** For a process that is alone. */
    static LeasedWork unleased(
            HookMachinery machinery, HookSettings settings, RetrySettings retry, Cancellation cancellation) {
        LeasedWork work = new LeasedWork(machinery, retry, Optional.empty(), cancellation);
        work.ticks.add(limit(machinery, settings, cancellation));
        return work;
    }

    /** Stops what takes longer than the hook's timeout. */
    static Ticker.Ticking limit(HookMachinery machinery, HookSettings settings, Cancellation cancellation) {
        return machinery
                .ticker()
                .every(
                        settings.timeout(),
                        () -> cancellation.stop(new Problem(
                                Problem.Kind.LIMIT,
                                "the run took longer than the hook's timeout of " + settings.timeout())));
    }

    private void beat(Lease held) {
        held.beat();
        held.lost()
                .ifPresent(why -> cancellation.stop(
                        new Problem(Problem.Kind.LOCKED, "lease " + held.number() + " was lost: " + why)));
    }

    Cancellation cancellation() {
        return cancellation;
    }

    MutationGuard guard() {
        return lease.<MutationGuard>map(held -> held).orElse(MutationGuard.NONE);
    }

    boolean isLost() {
        return lease.flatMap(Lease::lost).isPresent();
    }

    /**
     * A write that only the holder may do; empty when it is not the holder any more. A transient failure is repeated,
     * and the lease looked at again before every attempt: the process may have been stopped in the pause.
     *
     * @param write to a store that sends every request once
     */
    <T> Optional<T> guarded(Supplier<T> write) {
        try {
            return Optional.of(attempts.repeated(retry, guard()::check, write));
        } catch (MutationGuard.NotAllowedException e) {
            log.warn("{}", e.getMessage());
            return Optional.empty();
        } catch (StaleObjectException e) {
            log.warn("another process has written the marker: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Also when interrupted: what follows must not wait for the lease to expire. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            ticks.forEach(Ticker.Ticking::close);
            lease.ifPresent(Lease::release);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
