package dev.replicator.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.server.access.AuditEntry;
import dev.replicator.server.access.AuditLog;
import dev.replicator.server.access.IdempotencyKeys;
import dev.replicator.server.access.IdempotencyKeys.Claim;
import dev.replicator.server.access.RateLimit;
import dev.replicator.server.access.Secrets;
import dev.replicator.server.description.Operation;
import dev.replicator.server.description.RequestRules;
import dev.replicator.server.http.ProblemCode;
import dev.replicator.server.run.RunLogException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out every request that changes something: not too many of them, not twice under one idempotency key, and never
 * without a word in the audit. The audit's entry is written before anything is done: where it can't be, nothing is done.
 * How it ended is added after; where that fails, the entry stays without a status, and the log says it. Thread-safe.
 */
final class Changes {
    private static final String KEY = "Idempotency-Key";
    private static final String RUNS = "/runs/";
    private static final Logger log = LoggerFactory.getLogger(Changes.class);

    private final RateLimit rate;
    private final IdempotencyKeys keys;
    private final AuditLog audit;
    private final Clock clock;

    Changes(RateLimit rate, IdempotencyKeys keys, AuditLog audit, Clock clock) {
        this.rate = rate;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** Does it for the caller, or answers why not. */
    void carryOut(Context context, Operation operation, Handler handler) throws Exception {
        Caller caller = Gate.callerOf(context);
        long waiting = rate.taken(caller.name());
        if (waiting > 0) {
            throw Problem.of(ProblemCode.TOO_MANY_REQUESTS, "try again in " + waiting + " s")
                    .retryAfter(waiting)
                    .thrown();
        }
        Optional<String> key = operation.takesHeader(KEY) ? AccessGate.header(context, KEY) : Optional.empty();
        if (key.isPresent()) {
            once(context, operation, handler, caller, key.get());
        } else {
            audited(context, operation, handler, caller);
        }
    }

    private void once(Context context, Operation operation, Handler handler, Caller caller, String key)
            throws Exception {
        String digest = Secrets.sha256(
                operation.method() + " " + context.path() + "\n" + header(context, "If-Match") + "\n" + context.body());
        Claim claim = keys.claim(caller.name(), key, digest);
        if (claim instanceof Claim.Replay replay) {
            if (!replay.location().isEmpty()) {
                context.header("Location", replay.location());
            }
            context.status(200).contentType("application/json").result(replay.answer());
            return;
        }
        if (claim instanceof Claim.OfAnother) {
            throw Problem.of(ProblemCode.KEY_REUSED, "take a new key for another request")
                    .thrown();
        }
        if (claim instanceof Claim.UnderWay) {
            throw Problem.of(ProblemCode.KEY_IN_USE, "ask again in a second")
                    .retryAfter(1)
                    .thrown();
        }
        boolean done = false;
        try {
            audited(context, operation, handler, caller);
            done = context.statusCode() < 300;
        } finally {
            remember(context, caller, key, done);
        }
    }

    private void remember(Context context, Caller caller, String key, boolean done) {
        try {
            if (done) {
                String location = Objects.requireNonNullElse(context.res().getHeader("Location"), "");
                keys.answered(caller.name(), key, location, Objects.requireNonNullElse(context.result(), ""));
            } else {
                keys.released(caller.name(), key);
            }
        } catch (RunLogException e) {
            log.error("the idempotency key of {} is not remembered: {}", caller.name(), e.getMessage());
        }
    }

    private void audited(Context context, Operation operation, Handler handler, Caller caller) throws Exception {
        AuditEntry intent = intent(context, operation, caller);
        try {
            audit.begin(intent);
        } catch (RunLogException e) {
            log.error("{} {} is refused, since the audit can't be written", operation.method(), operation.path(), e);
            throw Problem.of(ProblemCode.AUDIT_UNAVAILABLE, "nothing was done; the server's log says why")
                    .thrown();
        }
        int status = 500;
        try {
            handler.handle(context);
            status = context.statusCode();
        } catch (Problem.ProblemException e) {
            status = e.problem().status();
            throw e;
        } catch (HttpResponseException e) {
            status = e.getStatus();
            throw e;
        } finally {
            ended(context, intent.id(), status);
        }
    }

    private void ended(Context context, String id, int status) {
        try {
            audit.end(id, status, madeRun(context));
        } catch (RunLogException e) {
            log.error("the audit's entry {} stays without its status {}: {}", id, status, e.getMessage());
        }
    }

    private static Optional<String> madeRun(Context context) {
        return Optional.ofNullable(context.res().getHeader("Location"))
                .filter(location -> location.contains(RUNS))
                .map(location -> location.substring(location.lastIndexOf('/') + 1));
    }

    private AuditEntry intent(Context context, Operation operation, Caller caller) {
        Map<String, String> path = context.pathParamMap();
        String key = header(context, KEY);
        return new AuditEntry(
                audit.nextId(),
                clock.instant(),
                caller.name(),
                caller.role().name().toLowerCase(Locale.ROOT),
                Gate.addressOf(context),
                operation.method(),
                operation.path(),
                path.getOrDefault("job", ""),
                path.getOrDefault("run", ""),
                header(context, "If-Match"),
                key.isEmpty() ? "" : Secrets.sha256(key),
                reason(context, operation),
                Objects.requireNonNullElse(context.<String>attribute(Problem.TRACE_ID), ""),
                OptionalInt.empty());
    }

    /** In the caller's words, where the operation asks for them. */
    private static String reason(Context context, Operation operation) {
        String body = operation.body().isEmpty() ? "" : context.body();
        if (body.isEmpty()) {
            return "";
        }
        JsonNode json = RequestRules.read(body);
        return json.path("reason").asText(json.path("comment").asText(""));
    }

    private static String header(Context context, String name) {
        return AccessGate.header(context, name).orElse("");
    }
}
