package dev.replicator.testkit.s3.api;

import dev.replicator.testkit.http.ConnectionCut;
import dev.replicator.testkit.http.Ending;
import dev.replicator.testkit.http.Exchange;
import dev.replicator.testkit.http.ExchangeHandler;
import dev.replicator.testkit.http.HttpDates;
import dev.replicator.testkit.http.HttpRequest;
import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.http.Pause;
import dev.replicator.testkit.http.Payload;
import dev.replicator.testkit.http.Query;
import dev.replicator.testkit.log.Outcome;
import dev.replicator.testkit.log.RequestLog;
import dev.replicator.testkit.s3.auth.SignatureVerifier;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.log.LoggedRequest;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Call;
import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.request.Route;
import dev.replicator.testkit.s3.request.Router;
import dev.replicator.testkit.s3.request.S3Request;
import dev.replicator.testkit.s3.request.ServiceSettings;
import dev.replicator.testkit.s3.store.Buckets;
import dev.replicator.testkit.wire.FaultPlan;
import dev.replicator.testkit.wire.FaultScript;
import dev.replicator.testkit.wire.WireFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes each request through its stations: route, code to run before, faults in place of an answer, admission, the
 * operation itself, code to run after its success, the log, faults of the answer.
 */
public final class S3Handler implements ExchangeHandler {
    private final AtomicLong requestIds = new AtomicLong();
    private final ServiceSettings settings;
    private final FaultScript<S3Operation, S3Call> script;
    private final RequestLog<S3Operation, LoggedRequest> log;
    private final Pause pause;
    private final Duration latency;
    private final Gate gate;
    private final Operations operations;

    public S3Handler(Buckets buckets, ServiceSettings settings, SignatureVerifier verifier, Behaviour behaviour) {
        this.settings = settings;
        this.script = behaviour.script();
        this.log = behaviour.log();
        this.pause = behaviour.pause();
        this.latency = behaviour.latency();
        this.gate = new Gate(buckets, settings, verifier);
        this.operations = new Operations(buckets, settings);
    }

    /** What accompanies the service: faults, the log, and how requests are made to wait. */
    public record Behaviour(
            FaultScript<S3Operation, S3Call> script,
            RequestLog<S3Operation, LoggedRequest> log,
            Pause pause,
            Duration latency) {}

    @Override
    public void handle(Exchange exchange) throws IOException {
        String requestId = String.format("%016X", requestIds.incrementAndGet());
        Route route = route(exchange.request());
        S3Call call = call(route, exchange.request());
        script.runBefore(call);
        FaultPlan plan = script.claim(call);
        wait(plan);
        dropBefore(call, plan);
        Optional<Result> instead = instead(call, plan, requestId);
        Result result = instead.isPresent() ? instead.get() : performed(route, call, exchange, plan, requestId);
        Optional<WireFault.DropAfterCommit> drop = plan.first(WireFault.DropAfterCommit.class);
        if (drop.isPresent()) {
            log(call, Outcome.unanswered(result.bytesIn(), result.changed()), plan);
            throw new ConnectionCut(drop.get().ending());
        }
        HttpResponse response = framed(replaced(result.response(), plan), requestId);
        log(call, outcome(call, result, response), plan);
        exchange.respond(response, out -> plan.tamper(out, pause));
    }

    /** An answer before it is framed, and what led to it. */
    private record Result(HttpResponse response, String errorCode, long bytesIn, boolean changed) {}

    private Result performed(Route route, S3Call call, Exchange exchange, FaultPlan plan, String requestId)
            throws IOException {
        long bytesIn = 0;
        try {
            S3Request request = gate.admit(route, exchange, plan);
            bytesIn = request.body().bytes().length;
            HttpResponse response = operations.perform(request);
            script.runAfterCommit(call);
            return new Result(response, "", bytesIn, call.operation().mutates());
        } catch (S3Refusal refusal) {
            return refused(call, refusal, refusal.code().status(), bytesIn, requestId);
        } catch (RuntimeException e) {
            S3Refusal refusal = S3Refusal.of(ErrorCode.INTERNAL_ERROR, "The fake itself failed: " + e);
            return refused(call, refusal, 500, bytesIn, requestId);
        }
    }

    private void wait(FaultPlan plan) {
        if (!latency.isZero()) {
            pause.await(latency);
        }
        plan.first(WireFault.Delay.class).ifPresent(delay -> pause.await(delay.duration()));
    }

    private void dropBefore(S3Call call, FaultPlan plan) throws ConnectionCut {
        Optional<WireFault.Stall> stall = plan.first(WireFault.Stall.class);
        Optional<WireFault.DropBeforeCommit> drop = plan.first(WireFault.DropBeforeCommit.class);
        if (stall.isEmpty() && drop.isEmpty()) {
            return;
        }
        log(call, Outcome.unanswered(0, false), plan);
        stall.ifPresent(held -> pause.await(held.most()));
        throw new ConnectionCut(drop.map(WireFault.DropBeforeCommit::ending).orElse(Ending.FIN));
    }

    /** What a fault answers in place of the operation. */
    private Optional<Result> instead(S3Call call, FaultPlan plan, String requestId) {
        Optional<WireFault.Answer> answer = plan.first(WireFault.Answer.class);
        if (answer.isPresent()) {
            HttpResponse response = HttpResponse.of(answer.get().status())
                    .withAll(answer.get().headers())
                    .withBody(Payload.of(answer.get().body().getBytes(StandardCharsets.UTF_8)));
            return Optional.of(new Result(response, "", 0, false));
        }
        Optional<Fault.Refuse> refuse = plan.first(Fault.Refuse.class);
        if (refuse.isPresent()) {
            S3Refusal refusal = S3Refusal.of(refuse.get().code());
            for (Map.Entry<String, String> field : refuse.get().headers().entrySet()) {
                refusal = refusal.withHeader(field.getKey(), field.getValue());
            }
            return Optional.of(refused(call, refusal, refuse.get().status(), 0, requestId));
        }
        return plan.first(Fault.ErrorInOk.class).map(error -> {
            byte[] document = ErrorXml.document(call, S3Refusal.of(error.code()), requestId);
            return new Result(HttpResponse.xml(200, document), error.code().code(), 0, false);
        });
    }

    private static Result refused(S3Call call, S3Refusal refusal, int status, long bytesIn, String requestId) {
        HttpResponse response = ErrorXml.answer(call, refusal, status, requestId);
        return new Result(response, refusal.code().code(), bytesIn, false);
    }

    private void log(S3Call call, Outcome outcome, FaultPlan plan) {
        log.add(call.operation(), sequence -> LoggedRequest.of(sequence, call, outcome, plan.faults()));
    }

    private static HttpResponse replaced(HttpResponse response, FaultPlan plan) {
        return plan.first(WireFault.ReplaceBody.class)
                .map(replacement -> response.withBody(replacement.body()))
                .orElse(response);
    }

    private HttpResponse framed(HttpResponse response, String requestId) {
        return response.with("x-amz-request-id", requestId)
                .with("x-amz-id-2", "fake")
                .with("Date", HttpDates.format(settings.clock().instant()))
                .with("Server", "AmazonS3");
    }

    private static Outcome outcome(S3Call call, Result result, HttpResponse response) {
        long bytesOut = call.method().equals("HEAD") ? 0 : response.body().length();
        return new Outcome(response.status(), result.errorCode(), result.bytesIn(), bytesOut, result.changed());
    }

    /** A request that cannot be routed is of no operation; the gate then refuses it. */
    private static Route route(HttpRequest request) {
        try {
            return Router.route(request);
        } catch (S3Refusal refusal) {
            return new Route(S3Operation.UNKNOWN, "", "", new Query(List.of()));
        }
    }

    private static S3Call call(Route route, HttpRequest request) {
        return new S3Call(
                route.operation(),
                request.method(),
                route.bucket(),
                route.key(),
                route.query().asMap(),
                request.headers().asMap());
    }
}
