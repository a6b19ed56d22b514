package dev.replicator.server.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.config.Role;
import dev.replicator.server.http.ProblemCode;
import dev.replicator.server.run.Jobs;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.Runs;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** Jobs and their runs. */
final class RunRoutes implements Router.Routes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_PAGE = 1_000;
    private static final int PAGE = 50;

    private final Jobs jobs;
    private final Runs runs;
    private final JobJson described;

    RunRoutes(Jobs jobs, Runs runs, JobJson described) {
        this.jobs = jobs;
        this.runs = runs;
        this.described = described;
    }

    @Override
    public void addTo(Router routes) {
        routes.get("/api/v1/jobs", Role.VIEWER, this::jobs);
        routes.get("/api/v1/jobs/{job}", Role.VIEWER, this::job);
        routes.post("/api/v1/jobs/{job}/runs", Role.OPERATOR, this::start);
        routes.get("/api/v1/runs", Role.VIEWER, this::list);
        routes.get("/api/v1/runs/{run}", Role.VIEWER, this::run);
        routes.get("/api/v1/runs/{run}/objects", Role.VIEWER, this::objects);
        routes.post("/api/v1/runs/{run}/cancel", Role.OPERATOR, this::cancel);
    }

    private void jobs(Context context) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode items = json.putArray("items");
        jobs.names().forEach(name -> items.add(described.of(name)));
        answer(context, 200, json);
    }

    private void job(Context context) {
        answer(context, 200, described.of(context.pathParam("job")));
    }

    private void start(Context context) {
        String job = context.pathParam("job");
        Runs.Answer answer = runs.start(RunRequest.parse(context.body())
                .order(job, Gate.callerOf(context).name()));
        if (answer instanceof Runs.Answer.Accepted accepted) {
            context.header("Location", "/api/v1/runs/" + accepted.run().id());
            context.header("Retry-After", "2");
            answer(context, 202, RunJson.node(accepted.run(), Optional.empty()));
        } else if (answer instanceof Runs.Answer.Busy busy) {
            Problem.of(ProblemCode.ALREADY_RUNNING, "run " + busy.run().id() + " is under way")
                    .answer(context, busy.run().id());
        } else {
            throw unknown();
        }
    }

    private void list(Context context) {
        int most = pageSize(context);
        List<RunRecord> newest = runs.log().newest(given(context, "job"), given(context, "pageToken"), most);
        answer(context, 200, RunJson.page(newest, most));
    }

    private void run(Context context) {
        RunRecord run = found(context);
        answer(context, 200, RunJson.node(run, runs.progress(run.id())));
    }

    private void objects(Context context) {
        int most = pageSize(context);
        RunRecord run = found(context);
        long after = given(context, "pageToken").map(RunRoutes::number).orElse(0L);
        answer(
                context,
                200,
                RunJson.objects(runs.log().results(run.id(), given(context, "outcome"), after, most), most));
    }

    private void cancel(Context context) {
        RunRecord run = found(context);
        Optional<RunRecord> cancelled =
                runs.cancel(run.id(), "cancelled by " + Gate.callerOf(context).name());
        if (cancelled.isEmpty()) {
            throw Problem.of(ProblemCode.ALREADY_ENDED, "run " + run.id() + " is " + run.state())
                    .thrown();
        }
        answer(context, 202, RunJson.node(cancelled.get(), Optional.empty()));
    }

    private RunRecord found(Context context) {
        String id = context.pathParam("run");
        return runs.find(id)
                .orElseThrow(() -> Problem.notFound("no run has this id").thrown());
    }

    private static Problem.ProblemException unknown() {
        return Problem.notFound("no job of the configuration has this name").thrown();
    }

    private static int pageSize(Context context) {
        long size = given(context, "pageSize").map(RunRoutes::number).orElse((long) PAGE);
        if (size < 1 || size > LARGEST_PAGE) {
            throw Problem.badRequest("pageSize is from 1 to " + LARGEST_PAGE).thrown();
        }
        return (int) size;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Problem.badRequest("pageSize and pageToken of objects are numbers")
                    .thrown();
        }
    }

    private static Optional<String> given(Context context, String parameter) {
        return Optional.ofNullable(context.queryParam(parameter)).filter(value -> !value.isEmpty());
    }

    private static void answer(Context context, int status, ObjectNode json) {
        context.status(status).contentType("application/json").result(json.toString());
    }
}
