package dev.replicator.server.api.run;

import dev.replicator.config.Role;
import dev.replicator.server.api.Answers;
import dev.replicator.server.api.Gate;
import dev.replicator.server.api.Problem;
import dev.replicator.server.api.Router;
import dev.replicator.server.http.ProblemCode;
import dev.replicator.server.run.Narrowing;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunState;
import dev.replicator.server.run.Runs;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiPredicate;

/** Runs: starting, reading and stopping them. */
final class RunRoutes implements Router.Routes {
    private static final int LONGEST_WAIT = 60;
    /** More who wait would leave no thread for the others: they are answered at once. */
    private static final int WAITERS = 64;

    private final Runs runs;
    private final BiPredicate<String, String> askToStop;
    private final Semaphore places = new Semaphore(WAITERS);

    /** @param askToStop asks another server to stop a run, saying why; whether there is one that might */
    RunRoutes(Runs runs, BiPredicate<String, String> askToStop) {
        this.runs = runs;
        this.askToStop = askToStop;
    }

    @Override
    public void addTo(Router routes) {
        routes.post("/api/v1/jobs/{job}/runs", Role.OPERATOR, this::start);
        routes.get("/api/v1/runs", Role.VIEWER, this::list);
        routes.get("/api/v1/runs/{run}", Role.VIEWER, this::run);
        routes.post("/api/v1/runs/{run}/cancel", Role.OPERATOR, this::cancel);
    }

    private void start(Context context) {
        String job = context.pathParam("job");
        RunRequest request = RunRequest.parse(context.body());
        try {
            answer(
                    context,
                    job,
                    runs.start(request.order(job, Gate.callerOf(context).name())));
        } catch (Narrowing.RefusedException e) {
            throw Problem.unprocessable(
                            ProblemCode.OUTSIDE_THE_JOB, "/overrides" + e.pointer(), String.valueOf(e.getMessage()))
                    .thrown();
        }
    }

    /** What became of an order. */
    static void answer(Context context, String job, Runs.Answer answer) {
        if (answer instanceof Runs.Answer.Accepted accepted) {
            context.header("Location", "/api/v1/runs/" + accepted.run().id());
            context.header("Retry-After", "2");
            Answers.json(context, 202, RunJson.node(accepted.run(), Optional.empty()));
        } else if (answer instanceof Runs.Answer.Busy busy) {
            Problem.of(ProblemCode.ALREADY_RUNNING, "run " + busy.run().id() + " is under way")
                    .answer(context, busy.run().id());
        } else if (answer instanceof Runs.Answer.PlanTaken) {
            throw Problem.of(ProblemCode.PLAN_TAKEN, "it is not approved, or was applied")
                    .thrown();
        } else {
            throw Problem.notFound("no job of the configuration has this name").thrown();
        }
    }

    private void list(Context context) {
        int most = Parameters.pageSize(context);
        RunLog.Wanted wanted = new RunLog.Wanted(
                Parameters.given(context, "job"),
                Parameters.oneOf(context, "state", RunState.values(), RunState::name),
                Parameters.oneOf(context, "action", RunAction.values(), RunAction::word),
                Parameters.time(context, "since"));
        List<RunRecord> newest = runs.log().newest(wanted, Parameters.given(context, "pageToken"), most + 1);
        Answers.json(context, 200, RunJson.page(newest, most));
    }

    private void run(Context context) throws InterruptedException {
        int seconds = Parameters.number(context, "wait", 0, LONGEST_WAIT, 0);
        RunRecord run = found(runs, context);
        if (seconds > 0 && !run.state().isEnd() && places.tryAcquire()) {
            try {
                run = runs.awaited(run.id(), Duration.ofSeconds(seconds)).orElse(run);
            } finally {
                places.release();
            }
        }
        Answers.unlessKnown(context, RunJson.node(run, runs.progress(run.id())));
    }

    private void cancel(Context context) {
        RunRecord run = found(runs, context);
        String why = "cancelled by " + Gate.callerOf(context).name();
        Optional<RunRecord> cancelled = runs.cancel(run.id(), why);
        if (cancelled.isEmpty() && !askToStop.test(run.id(), why)) {
            throw Problem.of(ProblemCode.ALREADY_ENDED, "run " + run.id() + " is " + run.state())
                    .thrown();
        }
        Answers.json(context, 202, RunJson.node(cancelled.orElse(run), Optional.empty()));
    }

    /** The run that the path names. */
    static RunRecord found(Runs runs, Context context) {
        String id = context.pathParam("run");
        return runs.find(id)
                .orElseThrow(() -> Problem.notFound("no run has this id").thrown());
    }
}
