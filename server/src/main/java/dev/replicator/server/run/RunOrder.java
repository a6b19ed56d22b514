package dev.replicator.server.run;

import java.util.Optional;

/**
 * What somebody asks for.
 *
 * @param narrowing how much of the job
 * @param plan what to apply; of {@link RunAction#APPLY} only
 */
public record RunOrder(
        String job, RunAction action, boolean dryRun, Trigger trigger, Narrowing narrowing, Optional<PlanRef> plan) {
    public RunOrder {
        if ((action == RunAction.APPLY) != plan.isPresent()) {
            throw new IllegalArgumentException("a plan is applied, and nothing else is");
        }
    }

    /** Of the whole job. */
    public RunOrder(String job, RunAction action, boolean dryRun, Trigger trigger) {
        this(job, action, dryRun, trigger, Narrowing.NONE, Optional.empty());
    }

    /** To carry out a plan. */
    public static RunOrder apply(String job, PlanRef plan, Trigger trigger) {
        return new RunOrder(job, RunAction.APPLY, false, trigger, Narrowing.NONE, Optional.of(plan));
    }

    /** Whether it ends in a plan. */
    public boolean plans() {
        return action == RunAction.PLAN || action == RunAction.SYNC && dryRun;
    }

    /**
     * A plan in exactly one version.
     *
     * @param run that wrote it down
     * @param digest of its trailer
     */
    public record PlanRef(String run, String digest) {}
}
