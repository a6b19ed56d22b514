package dev.replicator;

import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanHeader;
import java.time.Instant;
import java.util.Locale;

/** What a plan file says of its job, and whether a job is that one. */
public final class PlanHeaders {
    private PlanHeaders() {}

    public static PlanHeader of(ReplicationJob job, Instant createdAt) {
        return new PlanHeader(
                PlanHeader.FORMAT,
                createdAt,
                job.name(),
                job.source().uri().toString(),
                job.destination().uri().toString(),
                job.compare().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                job.paths().stream()
                        .map(pair -> new PlanHeader.Path(
                                pair.from().text(), pair.to().text()))
                        .toList(),
                job.filter().rules().stream()
                        .map(rule -> (rule.include() ? "+" : "-") + rule.pattern())
                        .toList());
    }

    /** @throws IllegalArgumentException when the plan was made of other locations than the job's */
    static void check(PlanHeader header, ReplicationJob job) {
        PlanHeader now = of(job, header.createdAt());
        if (!now.source().equals(header.source())
                || !now.destination().equals(header.destination())
                || !now.paths().equals(header.paths())) {
            throw new IllegalArgumentException("the plan is for " + header.source() + " → " + header.destination()
                    + ", not for " + now.source() + " → " + now.destination() + " with the paths given now");
        }
    }
}
