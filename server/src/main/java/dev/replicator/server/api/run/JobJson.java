package dev.replicator.server.api.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.server.api.Problem;
import dev.replicator.server.run.Jobs;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.Runs;
import dev.replicator.server.run.Timings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs in the API's words. Thread-safe. */
public final class JobJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Jobs jobs;
    private final Runs runs;
    private final Timings timings;

    public JobJson(Jobs jobs, Runs runs, Timings timings) {
        this.jobs = jobs;
        this.runs = runs;
        this.timings = timings;
    }

    /**
     * A job with its last run and its next one.
     *
     * @throws Problem.ProblemException when there is no such job
     */
    public ObjectNode of(String name) {
        return of(name, runs.log().newestOfEach(List.of(name)));
    }

    /** All jobs of the configuration, so. */
    List<ObjectNode> all() {
        Map<String, RunRecord> newest = runs.log().newestOfEach(jobs.names());
        return jobs.names().stream().map(name -> of(name, newest)).toList();
    }

    private ObjectNode of(String name, Map<String, RunRecord> newest) {
        ObjectNode json = JSON.createObjectNode().put("name", name);
        jobs.named(name)
                .ifPresentOrElse(
                        job -> json.put("source", job.job().source().uri().toString())
                                .put(
                                        "destination",
                                        job.job().destination().uri().toString()),
                        () -> {
                            throw Problem.notFound("no job of the configuration has this name")
                                    .thrown();
                        });
        json.put("paused", timings.isPaused(name));
        json.put("nextRun", timings.nextRun(name).map(Instant::toString).orElse(null));
        json.set(
                "lastRun",
                Optional.ofNullable(newest.get(name))
                        .<JsonNode>map(last -> RunJson.node(last, runs.progress(last.id())))
                        .orElseGet(JSON::nullNode));
        return json;
    }
}
