package dev.replicator.server.api.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.config.Role;
import dev.replicator.server.api.Answers;
import dev.replicator.server.api.Gate;
import dev.replicator.server.api.Problem;
import dev.replicator.server.api.Router;
import dev.replicator.server.http.ProblemCode;
import dev.replicator.server.plan.Plan;
import dev.replicator.server.plan.PlanShelf;
import dev.replicator.server.run.RunOrder;
import dev.replicator.server.run.Runs;
import dev.replicator.server.run.Trigger;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Plans that runs wrote down. Whoever decides about one names it by its ETag, the digest of its trailer, so nobody decides
 * about another plan than he saw; of several who approve one wins, and a rejection holds, of an approved plan too until a run takes it.
 */
final class PlanRoutes implements Router.Routes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PlanShelf plans;
    private final Runs runs;
    private final Clock clock;

    PlanRoutes(PlanShelf plans, Runs runs, Clock clock) {
        this.plans = plans;
        this.runs = runs;
        this.clock = clock;
    }

    @Override
    public void addTo(Router routes) {
        routes.get("/api/v1/plans/{run}", Role.VIEWER, this::read);
        routes.post("/api/v1/plans/{run}/approve", Role.APPROVER, context -> decide(context, Plan.State.APPROVED));
        routes.post("/api/v1/plans/{run}/reject", Role.APPROVER, context -> decide(context, Plan.State.REJECTED));
        routes.post("/api/v1/plans/{run}/apply", Role.OPERATOR, this::apply);
    }

    private void read(Context context) {
        Plan plan = found(context);
        String tag = tag(plan);
        context.header("ETag", tag).header("Cache-Control", "no-cache");
        Answers.json(context, 200, described(plan));
    }

    private void decide(Context context, Plan.State decision) {
        JsonNode body = RunRequest.object(context.body());
        RunRequest.checkFields(body, "", Set.of("comment"));
        String comment = RunRequest.limited(RunRequest.text(body, "", "comment", ""), "/comment", Plan.MAX_COMMENT);
        if (decision == Plan.State.REJECTED && comment.isBlank()) {
            throw Problem.unprocessable(ProblemCode.COMMENT_MISSING, "/comment", "says why the plan is rejected")
                    .thrown();
        }
        Plan plan = matched(context);
        boolean decided = plans.decide(
                plan.run(), plan.digest(), decision, Gate.callerOf(context).name(), comment, clock.instant());
        if (!decided) {
            throw already(found(context));
        }
        Plan now = found(context);
        context.header("ETag", tag(now));
        Answers.json(context, 200, described(now));
    }

    private void apply(Context context) {
        Plan plan = matched(context);
        if (plan.state() != Plan.State.APPROVED) {
            throw already(plan);
        }
        RunOrder order = RunOrder.apply(
                plan.job(),
                new RunOrder.PlanRef(plan.run(), plan.digest()),
                new Trigger(Trigger.Kind.API, Gate.callerOf(context).name(), "applies the plan of run " + plan.run()));
        RunRoutes.answer(context, plan.job(), runs.start(order));
    }

    private static Problem.ProblemException already(Plan plan) {
        return plan.state() == Plan.State.OPEN
                ? Problem.of(ProblemCode.NOT_APPROVED, "somebody has to approve it first")
                        .thrown()
                : Problem.of(
                                ProblemCode.ALREADY_DECIDED,
                                "it is " + plan.state()
                                        + plan.decidedBy()
                                                .map(by -> ", by " + by)
                                                .orElse(""))
                        .thrown();
    }

    /** The plan, if it is the one that the request means. */
    private Plan matched(Context context) {
        String given = context.header("If-Match");
        if (given == null || given.isBlank()) {
            throw Problem.of(ProblemCode.IF_MATCH_MISSING, "If-Match names the plan's ETag")
                    .thrown();
        }
        Plan plan = found(context);
        if (given.strip().equals("*") || !Answers.names(given, tag(plan))) {
            throw Problem.of(ProblemCode.ANOTHER_PLAN, "its ETag is " + tag(plan))
                    .thrown();
        }
        return plan;
    }

    private Plan found(Context context) {
        Plan plan = plans.find(context.pathParam("run"))
                .orElseThrow(() ->
                        Problem.notFound("no run with this id left a plan").thrown());
        if (plan.state() == Plan.State.GONE) {
            throw Problem.of(ProblemCode.PLAN_GONE, "it was forgotten with its run")
                    .thrown();
        }
        return plan;
    }

    private static String tag(Plan plan) {
        return '"' + plan.digest() + '"';
    }

    private ObjectNode described(Plan plan) {
        ObjectNode json = JSON.createObjectNode()
                .put("id", plan.run())
                .put("job", plan.job())
                .put("state", plan.state().name())
                .put("digest", plan.digest())
                .put("changes", plan.changes())
                .put("createdAt", plan.createdAt().toString())
                .put("decidedBy", plan.decidedBy().orElse(null))
                .put("decidedAt", plan.decidedAt().map(Instant::toString).orElse(null))
                .put("comment", plan.comment())
                .put("appliedRun", plan.appliedRun().orElse(null));
        Optional<JsonNode> report =
                runs.find(plan.run()).flatMap(run -> run.report()).map(RunJson::parsed);
        json.set("report", report.orElseGet(JSON::createObjectNode));
        json.putObject("links")
                .put("self", "plans/" + plan.run())
                .put("actions", "plans/" + plan.run() + "/actions")
                .put("run", "runs/" + plan.run());
        return json;
    }
}
