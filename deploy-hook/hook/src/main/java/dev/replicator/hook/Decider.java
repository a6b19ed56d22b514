package dev.replicator.hook;

import dev.replicator.config.text.Durations;
import dev.replicator.execute.Problem;
import dev.replicator.hook.control.Applied;
import dev.replicator.hook.control.Document;
import dev.replicator.hook.control.FailedAttempt;
import dev.replicator.job.HookSettings;
import dev.replicator.job.HookSettings.Mode;
import dev.replicator.job.HookSettings.OnKnownDeployment;
import dev.replicator.store.Displays;
import java.time.Instant;
import java.util.Optional;

/**
 * The hook's table as a pure function of what is remembered; the first row that applies decides:
 *
 * <table>
 * <caption>Decisions</caption>
 * <tr><th>remembered</th><th>decision</th></tr>
 * <tr><td>marker of a newer schema</td><td>REFUSED</td></tr>
 * <tr><td>asked to run again</td><td>run</td></tr>
 * <tr><td>marker names this deployment</td><td>ALREADY_APPLIED</td></tr>
 * <tr><td>whole ledger entry, later than the marker or no marker</td><td>heal the marker</td></tr>
 * <tr><td>ledger entry, whole or not</td><td>KNOWN_DEPLOYMENT, or on by policy</td></tr>
 * <tr><td>attempt of this deployment, not before later</td><td>BACKING_OFF</td></tr>
 * <tr><td>marker younger than the interval</td><td>DEFERRED</td></tr>
 * <tr><td>unreadable marker</td><td>run without deletes</td></tr>
 * <tr><td>anything else</td><td>run</td></tr>
 * </table>
 */
final class Decider {
    private final String deployment;
    private final HookSettings settings;
    private final boolean again;

    Decider(String deployment, HookSettings settings, boolean again) {
        this.deployment = deployment;
        this.settings = settings;
        this.again = again;
    }

    /** @param now by the store's time */
    Decision decide(Decision.Memory memory, Instant now) {
        if (memory.marker() instanceof Document.Newer<Applied> newer) {
            return new Decision.Stop(newer(newer));
        }
        if (again) {
            return run(memory);
        }
        return current(memory)
                .or(() -> known(memory))
                .or(() -> backingOff(memory, now))
                .or(() -> deferred(memory, now))
                .orElseGet(() -> run(memory));
    }

    private Optional<Decision> current(Decision.Memory memory) {
        return memory.marker()
                .valid()
                .filter(marker -> marker.deployment().equals(deployment))
                .map(marker -> new Decision.Stop(alreadyApplied(marker)));
    }

    private Optional<Decision> known(Decision.Memory memory) {
        if (!memory.ledger().exists()) {
            return Optional.empty();
        }
        Optional<Applied> entry = memory.ledger().valid();
        boolean died = entry.isPresent()
                && (!memory.marker().exists()
                        || memory.marker().valid().filter(entry.get()::isAfter).isPresent());
        if (died) {
            return Optional.of(new Decision.Heal(entry.get()));
        }
        if (settings.onKnownDeployment() == OnKnownDeployment.RUN
                && memory.marker().valid().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Decision.Stop(knownDeployment(memory)));
    }

    private Optional<Decision> backingOff(Decision.Memory memory, Instant now) {
        Instant latest = now.plus(FailedAttempt.pause(Integer.MAX_VALUE, settings.minInterval()));
        return memory.attempt()
                .valid()
                .filter(attempt -> attempt.deployment().equals(deployment))
                .filter(attempt -> attempt.notBefore().isAfter(now))
                .map(attempt -> new Decision.Stop(
                        backingOff(attempt, attempt.notBefore().isAfter(latest) ? latest : attempt.notBefore())));
    }

    private Optional<Decision> deferred(Decision.Memory memory, Instant now) {
        if (settings.mode() == Mode.BLOCK && !settings.minIntervalExplicit()) {
            return Optional.empty();
        }
        return memory.marker()
                .valid()
                .map(marker -> marker.appliedAt().isAfter(now) ? now : marker.appliedAt())
                .map(last -> last.plus(settings.minInterval()))
                .filter(due -> due.isAfter(now))
                .map(due -> new Decision.Stop(deferred(due)));
    }

    private static Decision run(Decision.Memory memory) {
        if (memory.marker() instanceof Document.Unreadable<Applied> torn) {
            return new Decision.Run(Optional.of(
                    torn.why() + "; this run copies but deletes nothing, and writes a new marker when it succeeds"));
        }
        return new Decision.Run(Optional.empty());
    }

    private HookResult newer(Document.Newer<Applied> newer) {
        String message = "the marker was written by a newer version of Replicator (schema " + newer.schema()
                + "), nothing was done: upgrade this one";
        return result(HookResult.Kind.REFUSED, message).withProblem(new Problem(Problem.Kind.REFUSED, message));
    }

    HookResult alreadyApplied(Applied applied) {
        return result(
                        HookResult.Kind.ALREADY_APPLIED,
                        "run " + applied.runId() + " applied this deployment at " + applied.appliedAt())
                .withRun(applied.runId(), applied.outcome())
                .withHolder(applied.host());
    }

    private HookResult knownDeployment(Decision.Memory memory) {
        String current = memory.marker()
                .valid()
                .map(marker -> "the current one is " + Displays.escaped(marker.deployment()))
                .orElse("which one is current can't be read");
        return result(
                HookResult.Kind.KNOWN_DEPLOYMENT,
                "this deployment was applied before and " + current + ": an old replica or a rollback of the"
                        + " application; nothing is copied unless it is asked for (again, or on-known-deployment: run)");
    }

    private HookResult backingOff(FailedAttempt attempt, Instant until) {
        return result(
                        HookResult.Kind.BACKING_OFF,
                        "try " + attempt.tries() + " of this deployment ended " + attempt.outcome() + " ("
                                + attempt.message() + "); the next is at " + until)
                .withNextAttempt(until);
    }

    private HookResult deferred(Instant due) {
        return result(
                        HookResult.Kind.DEFERRED,
                        "the last run was applied less than " + Durations.format(settings.minInterval())
                                + " ago; this one is due at " + due)
                .withNextAttempt(due);
    }

    private HookResult result(HookResult.Kind kind, String message) {
        return HookResult.of(kind, message).withDeployment(deployment);
    }
}
