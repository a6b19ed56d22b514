package dev.replicator.server.api.run;

import dev.replicator.config.Role;
import dev.replicator.server.api.Answers;
import dev.replicator.server.api.Problem;
import dev.replicator.server.api.Router;
import dev.replicator.server.http.ProblemCode;
import dev.replicator.server.run.ObjectResult;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunLog.ResultPage;
import dev.replicator.server.run.RunLog.ResultQuery;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.Runs;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** What became of a run's objects: in pages, or all of it as a stream that holds a page at a time. */
final class ObjectRoutes implements Router.Routes {
    private static final int STREAMED_PAGE = 1_000;
    private static final Outcome[] OUTCOMES = Outcome.values();

    private final Runs runs;

    ObjectRoutes(Runs runs) {
        this.runs = runs;
    }

    /** What may become of an object. */
    private enum Outcome {
        DONE,
        STALE,
        SKIPPED,
        FAILED,
        NOT_RUN,
        PLANNED,
        FOUND
    }

    @Override
    public void addTo(Router routes) {
        routes.get("/api/v1/runs/{run}/objects", Role.VIEWER, this::objects);
        routes.get("/api/v1/runs/{run}/failures", Role.VIEWER, this::failures);
        routes.get("/api/v1/plans/{run}/actions", Role.VIEWER, this::actions);
    }

    private void failures(Context context) {
        RunRecord run = RunRoutes.found(runs, context);
        Answers.json(context, 200, RunJson.troubles(runs.log().troubles(run.id())));
    }

    private void objects(Context context) throws IOException {
        answer(
                context,
                Parameters.oneOf(context, "outcome", OUTCOMES, Outcome::name).map(Outcome::name));
    }

    private void actions(Context context) throws IOException {
        RunRecord run = RunRoutes.found(runs, context);
        if (run.facts().plan().isEmpty()) {
            throw Problem.notFound("this run left no plan").thrown();
        }
        answer(context, Optional.of(ObjectResult.PLANNED));
    }

    private void answer(Context context, Optional<String> outcome) throws IOException {
        MediaTypes.Kind kind = MediaTypes.accepted(context.header("Accept"))
                .orElseThrow(() -> Problem.of(
                                ProblemCode.NOT_ACCEPTABLE, "application/json, application/x-ndjson or text/csv")
                        .thrown());
        RunRecord run = RunRoutes.found(runs, context);
        ResultQuery query = new ResultQuery(outcome, Parameters.given(context, "cause"), Parameters.prefix(context));
        context.header("Vary", "Accept");
        switch (kind) {
            case JSON ->
                Answers.json(
                        context,
                        200,
                        RunJson.objects(page(
                                run, query, Parameters.given(context, "pageToken"), Parameters.pageSize(context))));
            case NDJSON -> stream(context, kind, run, query, "", result -> RunJson.object(result) + "\n");
            case CSV -> {
                context.header("Content-Disposition", "attachment; filename=\"" + run.id() + ".csv\"");
                stream(context, kind, run, query, Csv.HEADER, Csv::line);
            }
        }
    }

    private ResultPage page(RunRecord run, ResultQuery query, Optional<String> after, int most) {
        try {
            return runs.log().results(run.id(), query, after, most);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage())).thrown();
        }
    }

    private void stream(
            Context context,
            MediaTypes.Kind kind,
            RunRecord run,
            ResultQuery query,
            String header,
            Function<ObjectResult, String> line)
            throws IOException {
        RunLog log = runs.log();
        ResultPage page = log.results(run.id(), query, Optional.empty(), STREAMED_PAGE);
        context.status(200).contentType(kind.mediaType()).header("Cache-Control", "no-store");
        OutputStream out = context.outputStream();
        out.write(header.getBytes(StandardCharsets.UTF_8));
        while (true) {
            StringBuilder lines = new StringBuilder();
            page.items().forEach(result -> lines.append(line.apply(result)));
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            if (page.next().isEmpty()) {
                return;
            }
            page = log.results(run.id(), query, page.next(), STREAMED_PAGE);
        }
    }
}
