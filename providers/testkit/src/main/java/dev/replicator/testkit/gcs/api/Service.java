package dev.replicator.testkit.gcs.api;

import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.log.LoggedRequest;
import dev.replicator.testkit.gcs.model.GcsCall;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.operation.Operations;
import dev.replicator.testkit.gcs.request.GcsRequest;
import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.http.Payload;
import dev.replicator.testkit.log.Outcome;
import dev.replicator.testkit.log.RequestLog;
import dev.replicator.testkit.wire.FaultPlan;
import dev.replicator.testkit.wire.FaultScript;
import dev.replicator.testkit.wire.WireFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Answers one request: what a fault says in its place, else what the operation does; alike alone and in a batch. */
final class Service {
    private final FaultScript<GcsOperation, GcsCall> script;
    private final RequestLog<GcsOperation, LoggedRequest> log;
    private final Admission admission;
    private final Operations operations;
    private final Batch batch;

    Service(
            FaultScript<GcsOperation, GcsCall> script,
            RequestLog<GcsOperation, LoggedRequest> log,
            Admission admission,
            Operations operations) {
        this.script = script;
        this.log = log;
        this.admission = admission;
        this.operations = operations;
        this.batch = new Batch(this);
    }

    /** Runs the code that is to run before this call, then claims its faults. */
    Turn begin(Turn turn) {
        script.runBefore(turn.call());
        return turn.with(script.claim(turn.call()));
    }

    /** The answer, which is not logged yet; nothing is sent when the client went away. */
    Result answer(Turn turn) throws IOException {
        Optional<Result> instead = instead(turn);
        Result result = instead.isPresent() ? instead.get() : performed(turn);
        return turn.plan()
                .first(WireFault.ReplaceBody.class)
                .map(replacement -> result.with(result.response().withBody(replacement.body())))
                .orElse(result);
    }

    void log(GcsCall call, Outcome outcome, FaultPlan plan) {
        log.add(call.operation(), sequence -> new LoggedRequest(sequence, call, outcome, plan.faults()));
    }

    private Result performed(Turn turn) throws IOException {
        GcsCall call = turn.call();
        long bytesIn = 0;
        try {
            GcsRequest request = admission.admit(turn);
            bytesIn = request.body().length;
            HttpResponse response =
                    call.operation() == GcsOperation.BATCH ? batch.answer(request) : operations.perform(request);
            script.runAfterCommit(call);
            return new Result(response, "", bytesIn, call.operation().mutates());
        } catch (GcsRefusal refusal) {
            return refused(call, refusal, bytesIn);
        } catch (CutBody cut) {
            if (call.operation() == GcsOperation.RESUMABLE_CHUNK) {
                operations.salvage(admission.cut(turn, cut.arrived()));
            }
            log(call, Outcome.unanswered(cut.arrived().length, false), turn.plan());
            throw cut;
        } catch (RuntimeException e) {
            return refused(call, GcsRefusal.of(Reason.INTERNAL_ERROR, "The fake itself failed: " + e), bytesIn);
        }
    }

    /** What a fault answers in place of the operation. */
    private static Optional<Result> instead(Turn turn) {
        Optional<WireFault.Answer> answer = turn.plan().first(WireFault.Answer.class);
        if (answer.isPresent()) {
            HttpResponse response = HttpResponse.of(answer.get().status())
                    .withAll(answer.get().headers())
                    .withBody(Payload.of(answer.get().body().getBytes(StandardCharsets.UTF_8)));
            return Optional.of(new Result(response, "", 0, false));
        }
        Optional<GcsFault.Refuse> refuse = turn.plan().first(GcsFault.Refuse.class);
        if (refuse.isPresent()) {
            GcsRefusal refusal =
                    GcsRefusal.of(refuse.get().reason()).withStatus(refuse.get().status());
            for (Map.Entry<String, String> field : refuse.get().headers().entrySet()) {
                refusal = refusal.withHeader(field.getKey(), field.getValue());
            }
            return Optional.of(refused(turn.call(), refusal, 0));
        }
        return turn.plan().first(GcsFault.ErrorInOk.class).map(error -> {
            HttpResponse response = HttpResponse.of(200)
                    .with("Content-Type", "application/json; charset=UTF-8")
                    .withBody(ErrorAnswers.document(GcsRefusal.of(error.reason())));
            return new Result(response, error.reason().word(), 0, false);
        });
    }

    private static Result refused(GcsCall call, GcsRefusal refusal, long bytesIn) {
        HttpResponse response = ErrorAnswers.of(call.operation(), refusal);
        return new Result(response, refusal.reason().word(), bytesIn, false);
    }
}
