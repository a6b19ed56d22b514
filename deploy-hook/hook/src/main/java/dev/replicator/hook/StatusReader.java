package dev.replicator.hook;

import dev.replicator.diff.Change;
import dev.replicator.execute.Problem;
import dev.replicator.hook.control.Applied;
import dev.replicator.hook.control.ControlArea;
import dev.replicator.hook.control.ControlObjects;
import dev.replicator.hook.control.Deferral;
import dev.replicator.hook.control.Document;
import dev.replicator.hook.control.FailedAttempt;
import dev.replicator.hook.control.LeaseOwner;
import dev.replicator.hook.control.RunHistory;
import dev.replicator.hook.lease.LeaseView;
import dev.replicator.hook.lease.Leases;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.SideCount;
import dev.replicator.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads how things stand; what can't be read becomes a problem in the answer. */
final class StatusReader {
    private static final int RUNS = 10;

    private final HookMachinery machinery;
    private final List<Problem> problems = new ArrayList<>();

    StatusReader(HookMachinery machinery) {
        this.machinery = machinery;
    }

    /** Fills in what the store remembers; {@code basis} holds what is known without it. */
    HookStatus read(HookStatus basis, HookTarget.Found target, boolean counted) {
        ReplicationJob job = target.job();
        Optional<HookStatus.Side> source = Optional.of(side(job, Change.Side.SOURCE, counted));
        Optional<HookStatus.Side> destination = Optional.of(side(job, Change.Side.DESTINATION, counted));
        Optional<Applied> marker = Optional.empty();
        Optional<HookStatus.LeaseStatus> lease = Optional.empty();
        Optional<Deferral> deferral = Optional.empty();
        Optional<FailedAttempt> attempt = Optional.empty();
        List<RunHistory.Entry> runs = List.of();
        try (ControlObjects objects = new ControlObjects(machinery.engine().openControl(job))) {
            ControlArea area = new ControlArea(objects);
            marker = trusted(area.marker());
            deferral = trusted(area.deferral());
            attempt = trusted(area.attempt());
            lease = lease(objects, target);
            runs = new RunHistory(objects).newest(RUNS);
        } catch (StoreException | IllegalArgumentException e) {
            problems.add(Problems.of(e));
        }
        return new HookStatus(
                basis.environment(),
                basis.configured(),
                basis.configuredReason(),
                basis.hookActive(),
                basis.hookReason(),
                basis.deployment(),
                marker,
                lease,
                deferral,
                attempt,
                runs,
                source,
                destination,
                problems);
    }

    private <T> Optional<T> trusted(Document<T> document) {
        if (document instanceof Document.Unreadable<T> torn) {
            problems.add(new Problem(Problem.Kind.FAILED, torn.why()));
        }
        if (document instanceof Document.Newer<T> newer) {
            problems.add(new Problem(
                    Problem.Kind.FAILED, "written by a newer version of Replicator (schema " + newer.schema() + ")"));
        }
        return document.valid();
    }

    private Optional<HookStatus.LeaseStatus> lease(ControlObjects objects, HookTarget.Found target) {
        LeaseOwner nobody = new LeaseOwner(
                "", "", 0, "", machinery.timing().now(), target.settings().leaseTtl());
        Leases leases = new Leases(objects, machinery.timing(), nobody);
        LeaseView view = leases.look();
        if (view.number() == 0) {
            return Optional.empty();
        }
        boolean held = !view.released() && !leases.looksExpired(view);
        return Optional.of(
                new HookStatus.LeaseStatus(view.number(), view.released() ? "" : view.holder(), held, view.newest()));
    }

    private HookStatus.Side side(ReplicationJob job, Change.Side side, boolean counted) {
        String uri = (side == Change.Side.SOURCE ? job.source() : job.destination())
                .uri()
                .toString();
        return new HookStatus.Side(uri, counted ? count(job, side) : Optional.empty());
    }

    private Optional<SideCount> count(ReplicationJob job, Change.Side side) {
        try {
            return Optional.of(machinery.engine().count(job, side));
        } catch (StoreException | IllegalArgumentException e) {
            problems.add(Problems.of(e));
            return Optional.empty();
        }
    }
}
