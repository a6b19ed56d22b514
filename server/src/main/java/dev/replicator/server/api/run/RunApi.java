package dev.replicator.server.api.run;

import dev.replicator.server.api.Router;
import dev.replicator.server.plan.PlanShelf;
import dev.replicator.server.run.Jobs;
import dev.replicator.server.run.Runs;
import java.time.Clock;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;

/** The routes of jobs, runs, plans and findings. */
public final class RunApi {
    private RunApi() {}

    /**
     * All of them.
     *
     * @param status how things stand with a job, as {@code replicator status -o json} prints it
     * @param seen told which job somebody looks at; must be quick
     * @param askToStop asks another server to stop a run, saying why; whether there is one that might
     */
    public static List<Router.Routes> routes(
            Jobs jobs,
            Runs runs,
            JobJson described,
            PlanShelf plans,
            Function<String, String> status,
            Consumer<String> seen,
            BiPredicate<String, String> askToStop,
            Clock clock) {
        return List.of(
                new JobRoutes(jobs, described, status, seen),
                new RunRoutes(runs, askToStop),
                new ObjectRoutes(runs),
                new FindingRoutes(jobs, runs, clock),
                new PlanRoutes(plans, runs, clock));
    }
}
