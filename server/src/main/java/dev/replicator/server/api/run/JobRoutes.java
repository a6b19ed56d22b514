package dev.replicator.server.api.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.config.Role;
import dev.replicator.server.api.Answers;
import dev.replicator.server.api.Problem;
import dev.replicator.server.api.Router;
import dev.replicator.server.run.Jobs;
import io.javalin.http.Context;
import java.util.function.Consumer;
import java.util.function.Function;

/** Jobs: what is configured, and how things stand with them. */
final class JobRoutes implements Router.Routes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Jobs jobs;
    private final JobJson described;
    private final Function<String, String> status;
    private final Consumer<String> seen;

    /**
     * @param status how things stand with a job, as {@code replicator status -o json} prints it
     * @param seen told which job somebody looks at
     */
    JobRoutes(Jobs jobs, JobJson described, Function<String, String> status, Consumer<String> seen) {
        this.jobs = jobs;
        this.described = described;
        this.status = status;
        this.seen = seen;
    }

    @Override
    public void addTo(Router routes) {
        routes.get("/api/v1/jobs", Role.VIEWER, this::jobs);
        routes.get("/api/v1/jobs/{job}", Role.VIEWER, this::job);
        routes.get("/api/v1/jobs/{job}/status", Role.VIEWER, this::status);
    }

    private void jobs(Context context) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode items = json.putArray("items");
        jobs.names().forEach(seen);
        described.all().forEach(items::add);
        Answers.unlessKnown(context, json);
    }

    private void job(Context context) {
        String name = known(jobs, context);
        seen.accept(name);
        Answers.unlessKnown(context, described.of(name));
    }

    private void status(Context context) {
        String name = known(jobs, context);
        seen.accept(name);
        context.contentType("application/json").result(status.apply(name));
    }

    /** The job that the path names. */
    static String known(Jobs jobs, Context context) {
        String name = context.pathParam("job");
        if (jobs.named(name).isEmpty()) {
            throw Problem.notFound("no job of the configuration has this name").thrown();
        }
        return name;
    }
}
