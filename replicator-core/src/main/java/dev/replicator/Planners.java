package dev.replicator;

import dev.replicator.diff.Clocks;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.Planner;
import dev.replicator.store.KeyRules;
import dev.replicator.store.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** The planners of a job's prefix pairs. */
final class Planners {
    private Planners() {}

    /** One for each prefix pair, in order. */
    static List<Planner> of(ReplicationJob job, JobStores stores) {
        List<Planner> planners = new ArrayList<>();
        BiPredicate<ObjectMeta, ObjectMeta> isLater =
                (from, to) -> Clocks.of(stores.source(), stores.destination()).isLater(from, to);
        for (int pair = 0; pair < stores.pairs().size(); pair++) {
            planners.add(new Planner(
                    pair,
                    job.overwrite(),
                    job.delete().deletes(),
                    job.onDrift(),
                    stores.pairs().get(pair).destination().role(KeyRules.class),
                    isLater));
        }
        return planners;
    }
}
