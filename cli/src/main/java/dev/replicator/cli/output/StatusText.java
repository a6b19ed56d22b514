package dev.replicator.cli.output;

import dev.replicator.cli.terminal.Colour;
import dev.replicator.cli.terminal.Columns;
import dev.replicator.cli.terminal.Console;
import dev.replicator.cli.terminal.Sizes;
import dev.replicator.hook.HookStatus;
import dev.replicator.hook.HookStatus.LeaseStatus;
import dev.replicator.hook.HookStatus.Side;
import dev.replicator.hook.control.RunHistory;

/** A job's status for people. */
public final class StatusText {
    private static final int LABEL_CELLS = 14;

    private final Console console;

    public StatusText(Console console) {
        this.console = console;
    }

    public void print(HookStatus status) {
        line("Environment", status.environment());
        line("Configured", (status.configured() ? "yes: " : "no: ") + status.configuredReason());
        line("Hook", (status.hookActive() ? "active: " : "not active: ") + status.hookReason());
        line("Deployment", status.deployment().orElse("unknown"));
        if (!status.configured()) {
            return;
        }
        line(
                "Applied",
                status.marker()
                        .map(marker -> marker.deployment() + " at " + marker.appliedAt() + " by " + marker.host() + ", "
                                + marker.outcome())
                        .orElse("nothing yet"));
        line("Lease", status.lease().map(StatusText::lease).orElse("free"));
        status.deferred().ifPresent(deferral -> line("Deferred", deferral.deployment() + " until " + deferral.due()));
        status.attempt()
                .ifPresent(attempt -> line(
                        "Last attempt",
                        attempt.outcome() + " (" + attempt.tries() + " tries), next not before " + attempt.notBefore()
                                + ": " + attempt.message()));
        status.source().ifPresent(side -> line("Source", side(side)));
        status.destination().ifPresent(side -> line("Destination", side(side)));
        line("Last runs", status.lastRuns().isEmpty() ? "none" : "");
        for (RunHistory.Entry run : status.lastRuns()) {
            console.result(
                    "  " + run.startedAt() + "  " + Columns.padded(run.outcome(), LABEL_CELLS) + "  " + run.runId());
        }
    }

    private static String lease(LeaseStatus lease) {
        return lease.held() ? "held by " + lease.holder() + ", heard of at " + lease.newest() : "free";
    }

    private static String side(Side side) {
        return side.uri()
                + side.count()
                        .map(count -> ", " + Sizes.objects(count.objects()) + ", " + Sizes.bytes(count.bytes()))
                        .orElse("");
    }

    private void line(String label, String text) {
        console.result(Colour.PLAIN, Columns.padded(label + ":", LABEL_CELLS), text);
    }
}
