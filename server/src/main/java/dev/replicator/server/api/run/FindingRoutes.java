package dev.replicator.server.api.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.config.Role;
import dev.replicator.diff.Drift;
import dev.replicator.report.Finding;
import dev.replicator.report.Remedies;
import dev.replicator.server.api.Answers;
import dev.replicator.server.api.Problem;
import dev.replicator.server.api.Router;
import dev.replicator.server.http.ProblemCode;
import dev.replicator.server.run.Jobs;
import dev.replicator.server.run.ObjectResult;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.Runs;
import dev.replicator.server.run.TreeNode;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What the newest validation, and the newest look for drift, of a job found: as a tree of prefixes. */
final class FindingRoutes implements Router.Routes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Jobs jobs;
    private final Runs runs;
    private final Clock clock;

    FindingRoutes(Jobs jobs, Runs runs, Clock clock) {
        this.jobs = jobs;
        this.runs = runs;
        this.clock = clock;
    }

    @Override
    public void addTo(Router routes) {
        routes.get(
                "/api/v1/jobs/{job}/validation",
                Role.VIEWER,
                context -> answer(context, RunAction.VALIDATE, Finding.Kind.values()));
        routes.get(
                "/api/v1/jobs/{job}/drift", Role.VIEWER, context -> answer(context, RunAction.DRIFT, Drift.values()));
    }

    private <K extends Enum<K>> void answer(Context context, RunAction action, K[] kinds) {
        String job = JobRoutes.known(jobs, context);
        Optional<String> kind =
                Parameters.oneOf(context, "kind", kinds, FindingRoutes::word).map(K::name);
        Parameters.oneOf(context, "delimiter", new String[] {"/"}, word -> word);
        byte[] prefix = Parameters.prefix(context);
        int most = Parameters.pageSize(context);
        RunRecord run = runs.log()
                .newestWhole(job, action)
                .orElseThrow(() -> Problem.of(
                                ProblemCode.NEVER_LOOKED,
                                "no run with action " + action.word() + " of job " + job + " went to its end")
                        .thrown());
        RunLog.TreePage page = tree(run, prefix, kind, Parameters.given(context, "pageToken"), most);
        ObjectNode json = described(run);
        meanings(json.putObject("meanings"), kinds);
        ArrayNode items = json.putArray("items");
        page.nodes().forEach(node -> items.add(described(node)));
        json.put("nextPageToken", page.next().orElse(null));
        Answers.json(context, 200, json);
    }

    private RunLog.TreePage tree(
            RunRecord run, byte[] prefix, Optional<String> kind, Optional<String> after, int most) {
        try {
            return runs.log().findings(run.id(), prefix, kind, after, most);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage())).thrown();
        }
    }

    private ObjectNode described(RunRecord run) {
        Instant at = run.endedAt().orElse(run.createdAt());
        ObjectNode json = JSON.createObjectNode()
                .put("run", run.id())
                .put("state", run.state().name())
                .put("at", at.toString())
                .put(
                        "ageSeconds",
                        Math.max(0, Duration.between(at, clock.instant()).toSeconds()))
                .put("resultsLost", run.facts().resultsLost());
        run.report().ifPresent(report -> json.set("report", RunJson.parsed(report)));
        return json;
    }

    private static void meanings(ObjectNode json, Enum<?>[] kinds) {
        for (Enum<?> kind : kinds) {
            json.putObject(word(kind))
                    .put("title", Remedies.title(ObjectResult.FOUND, kind.name()))
                    .put("remedy", Remedies.of(ObjectResult.FOUND, kind.name()));
        }
    }

    private static ObjectNode described(TreeNode node) {
        ObjectNode json = JSON.createObjectNode();
        if (node instanceof TreeNode.Folder folder) {
            KeyJson.put(json, "prefix", folder.prefix());
            json.put("count", folder.count());
            ObjectNode kinds = json.putObject("kinds");
            folder.kinds().forEach((kind, count) -> kinds.put(kind.toLowerCase(Locale.ROOT), count));
            return json;
        }
        TreeNode.Leaf leaf = (TreeNode.Leaf) node;
        KeyJson.put(json, "object", leaf.finding().object());
        return json.put("kind", leaf.finding().cause().toLowerCase(Locale.ROOT))
                .put("bytes", leaf.finding().bytes())
                .put("message", leaf.finding().message());
    }

    private static String word(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
