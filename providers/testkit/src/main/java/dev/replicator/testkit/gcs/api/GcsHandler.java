package dev.replicator.testkit.gcs.api;

import dev.replicator.testkit.gcs.log.LoggedRequest;
import dev.replicator.testkit.gcs.model.GcsCall;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.operation.Operations;
import dev.replicator.testkit.gcs.operation.World;
import dev.replicator.testkit.http.ConnectionCut;
import dev.replicator.testkit.http.Ending;
import dev.replicator.testkit.http.Exchange;
import dev.replicator.testkit.http.ExchangeHandler;
import dev.replicator.testkit.http.HttpDates;
import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.http.Pause;
import dev.replicator.testkit.log.Outcome;
import dev.replicator.testkit.log.RequestLog;
import dev.replicator.testkit.wire.FaultPlan;
import dev.replicator.testkit.wire.FaultScript;
import dev.replicator.testkit.wire.WireFault;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes each request through its stations: route, code to run before, faults in place of an answer, admission, the
 * operation itself, code to run after its success, the log, faults of the answer.
 */
public final class GcsHandler implements ExchangeHandler {
    private final AtomicLong requestIds = new AtomicLong();
    private final World world;
    private final Pause pause;
    private final Duration latency;
    private final Service service;

    public GcsHandler(World world, Set<String> tokens, Behaviour behaviour) {
        this.world = world;
        this.pause = behaviour.pause();
        this.latency = behaviour.latency();
        this.service = new Service(behaviour.script(), behaviour.log(), new Admission(tokens), new Operations(world));
    }

    /** What accompanies the service: faults, the log, and how requests are made to wait. */
    public record Behaviour(
            FaultScript<GcsOperation, GcsCall> script,
            RequestLog<GcsOperation, LoggedRequest> log,
            Pause pause,
            Duration latency) {}

    @Override
    public void handle(Exchange exchange) throws IOException {
        Turn turn = service.begin(Turn.of(exchange.request(), () -> readAll(exchange.body()), exchange.base()));
        FaultPlan plan = turn.plan();
        wait(plan);
        dropBefore(turn);
        Result result = service.answer(turn);
        Optional<WireFault.DropAfterCommit> drop = plan.first(WireFault.DropAfterCommit.class);
        if (drop.isPresent()) {
            service.log(turn.call(), Outcome.unanswered(result.bytesIn(), result.changed()), plan);
            throw new ConnectionCut(drop.get().ending());
        }
        service.log(turn.call(), result.outcome(), plan);
        exchange.respond(framed(result.response()), out -> plan.tamper(out, pause));
    }

    private void wait(FaultPlan plan) {
        if (!latency.isZero()) {
            pause.await(latency);
        }
        plan.first(WireFault.Delay.class).ifPresent(delay -> pause.await(delay.duration()));
    }

    private void dropBefore(Turn turn) throws ConnectionCut {
        Optional<WireFault.Stall> stall = turn.plan().first(WireFault.Stall.class);
        Optional<WireFault.DropBeforeCommit> drop = turn.plan().first(WireFault.DropBeforeCommit.class);
        if (stall.isEmpty() && drop.isEmpty()) {
            return;
        }
        service.log(turn.call(), Outcome.unanswered(0, false), turn.plan());
        stall.ifPresent(held -> pause.await(held.most()));
        throw new ConnectionCut(drop.map(WireFault.DropBeforeCommit::ending).orElse(Ending.FIN));
    }

    private HttpResponse framed(HttpResponse response) {
        return response.with("X-GUploader-UploadID", String.format("fake-%016x", requestIds.incrementAndGet()))
                .with("Date", HttpDates.format(world.ticker().now()))
                .with("Server", "UploadServer");
    }

    private static byte[] readAll(InputStream in) throws IOException {
        ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        try {
            in.transferTo(arrived);
            return arrived.toByteArray();
        } catch (EOFException e) {
            throw new CutBody(arrived.toByteArray());
        }
    }
}
