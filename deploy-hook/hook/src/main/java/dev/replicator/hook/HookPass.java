package dev.replicator.hook;

import dev.replicator.execute.Cancellation;
import dev.replicator.execute.Problem;
import dev.replicator.hook.control.Applied;
import dev.replicator.hook.control.ControlArea;
import dev.replicator.hook.control.Deferral;
import dev.replicator.hook.lease.Lease;
import dev.replicator.hook.lease.LeaseView;
import dev.replicator.job.HookSettings;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.RunListener;
import dev.replicator.store.StoreException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass for one deployment, in the order that survives a crash at any line: read marker and ledger → take the lease →
 * read them again → run → ledger, then marker → release. Used by one thread.
 */
final class HookPass {
    private static final int RUNS = 3;
    private static final Logger log = LoggerFactory.getLogger(HookPass.class);

    private final HookMachinery machinery;
    private final ReplicationJob job;
    private final HookSettings settings;
    private final String deployment;
    private final boolean singleReplica;
    private final Decider decider;
    private final RunListener listener;
    private final Cancellation cancellation;

    HookPass(
            HookMachinery machinery,
            ReplicationJob job,
            HookSettings settings,
            HookOptions options,
            String deployment,
            RunListener listener,
            Cancellation cancellation) {
        this.machinery = machinery;
        this.job = job;
        this.settings = settings;
        this.deployment = deployment;
        this.singleReplica = options.singleReplica();
        this.decider = new Decider(deployment, settings, options.again());
        this.listener = listener;
        this.cancellation = cancellation;
    }

    /** @throws StoreException when the control prefix can't be reached */
    HookResult run() throws InterruptedException {
        try (SafeControl control = new SafeControl(machinery, job)) {
            if (decide(control) instanceof Decision.Stop stop) {
                return stopped(control, stop.result());
            }
            if (!control.holdsLeases()) {
                return singleReplica ? alone(control) : unsafe();
            }
            return contend(control);
        }
    }

    private Decision decide(SafeControl control) {
        return decider.decide(Decision.Memory.read(control.area(), deployment), control.now());
    }

    /** A run whose lease was lost (its process was paused, its network gone) takes part again, some times. */
    private HookResult contend(SafeControl control) throws InterruptedException {
        Contest contest =
                new Contest(machinery, settings, control.once(), job.displayName(), deployment, this::waiting);
        for (int run = 1; run <= RUNS && !cancellation.isStopped(); run++) {
            Contest.End<HookResult> end = contest.wait(() -> decide(control) instanceof Decision.Stop settled
                    ? Optional.of(settled.result())
                    : Optional.empty());
            if (end instanceof Contest.End.Settled<HookResult> settled) {
                return stopped(control, settled.result());
            }
            if (end instanceof Contest.End.Held<HookResult> held) {
                return held(control, held.view());
            }
            Optional<HookResult> result = leased(control, ((Contest.End.Won<HookResult>) end).lease());
            if (result.isPresent()) {
                return result.get();
            }
        }
        return displaced(control, contest);
    }

    private void waiting(String sentence) {
        log.info("deploy hook: {}", sentence);
        listener.warning(sentence);
    }

    private Optional<HookResult> leased(SafeControl control, Lease lease) {
        try (LeasedWork work = new LeasedWork(machinery, settings, job.retry(), lease, cancellation.child())) {
            return underLease(control, lease.number(), work);
        }
    }

    /** No lease, because the caller vouches to be the only one. */
    private HookResult alone(SafeControl control) {
        log.warn(
                "{} can't hold a lease; running without one because this is said to be the only replica",
                job.destination().uri());
        long number = control.area().marker().valid().map(Applied::lease).orElse(0L) + 1;
        try (LeasedWork work = LeasedWork.unleased(machinery, settings, job.retry(), cancellation.child())) {
            return underLease(control, number, work)
                    .orElseGet(
                            () -> HookResult.of(HookResult.Kind.FAILED, "another replica changed the marker meanwhile")
                                    .withDeployment(deployment));
        }
    }

    private Optional<HookResult> underLease(SafeControl control, long number, LeasedWork work) {
        Decision.Memory memory = Decision.Memory.read(control.area(), deployment);
        Decision decision = decider.decide(memory, control.now());
        RecordedRun run = new RecordedRun(machinery, control, settings, deployment, number, listener);
        if (decision instanceof Decision.Stop stop) {
            return Optional.of(stopped(control, stop.result()));
        }
        if (decision instanceof Decision.Heal heal) {
            return healed(control, heal.entry(), memory, work);
        }
        return run.run(memory, ((Decision.Run) decision).warning(), work);
    }

    private Optional<HookResult> healed(SafeControl control, Applied entry, Decision.Memory memory, LeasedWork work) {
        ControlArea area = new ControlArea(control.once());
        return work.guarded(() -> {
            area.mark(entry, memory.marker());
            log.info("marker brought up to run {}, whose process died before it wrote it", entry.runId());
            return decider.alreadyApplied(entry);
        });
    }

    /** Writes down a deferral, so that whoever comes by when it is due can run it. */
    private HookResult stopped(SafeControl control, HookResult result) {
        if (result.kind() != HookResult.Kind.DEFERRED) {
            return result;
        }
        var due = result.nextAttempt().orElseThrow();
        try {
            boolean known = control.area()
                    .deferral()
                    .valid()
                    .filter(deferral -> deferral.deployment().equals(deployment)
                            && deferral.due().equals(due))
                    .isPresent();
            if (!known) {
                control.area().defer(new Deferral(deployment, due, control.now()));
            }
        } catch (StoreException e) {
            log.warn("could not write the deferral down: {}", e.getMessage());
        }
        return result;
    }

    /** The lease was lost again and again: somebody else works on it, or has. */
    private HookResult displaced(SafeControl control, Contest contest) {
        if (decide(control) instanceof Decision.Stop stop) {
            return stop.result();
        }
        return held(control, contest.look());
    }

    private HookResult held(SafeControl control, LeaseView view) {
        String message = view.holder() + " holds lease " + view.number()
                + view.owner().map(owner -> " since " + owner.startedAt()).orElse("") + " and works on it";
        return HookResult.of(HookResult.Kind.HELD_BY_ANOTHER, message)
                .withDeployment(deployment)
                .withHolder(view.holder())
                .withProblem(new Problem(Problem.Kind.LOCKED, message))
                .withNextAttempt(control.now().plus(settings.leaseTtl()));
    }

    private HookResult unsafe() {
        String message = "nothing was run: " + job.destination().uri()
                + " lets two writers create one object, so it can't keep two replicas apart."
                + " Use a store that honours If-None-Match, or vouch that only one replica ever runs (single replica)";
        log.error("{}", message);
        return HookResult.of(HookResult.Kind.UNSAFE_STORE, message)
                .withDeployment(deployment)
                .withProblem(new Problem(Problem.Kind.FAILED, message));
    }
}
