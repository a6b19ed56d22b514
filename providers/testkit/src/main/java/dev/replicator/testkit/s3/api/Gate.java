package dev.replicator.testkit.s3.api;

import dev.replicator.testkit.http.Exchange;
import dev.replicator.testkit.http.Headers;
import dev.replicator.testkit.http.HttpRequest;
import dev.replicator.testkit.s3.auth.Admission;
import dev.replicator.testkit.s3.auth.BodyReader;
import dev.replicator.testkit.s3.auth.ReceivedBody;
import dev.replicator.testkit.s3.auth.SignatureVerifier;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.model.Weakness;
import dev.replicator.testkit.s3.request.Access;
import dev.replicator.testkit.s3.request.Route;
import dev.replicator.testkit.s3.request.S3Request;
import dev.replicator.testkit.s3.request.ServiceSettings;
import dev.replicator.testkit.s3.store.Buckets;
import dev.replicator.testkit.wire.FaultPlan;
import dev.replicator.testkit.wire.WireFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lets requests in: all that can be refused from the header fields alone is refused before the body is asked for. */
final class Gate {
    private static final int LONGEST_KEY = 1024;
    private static final long LARGEST_PUT = 5L << 30;

    private final Buckets buckets;
    private final ServiceSettings settings;
    private final SignatureVerifier verifier;
    private final BodyReader bodies;

    Gate(Buckets buckets, ServiceSettings settings, SignatureVerifier verifier) {
        this.buckets = buckets;
        this.settings = settings;
        this.verifier = verifier;
        this.bodies = new BodyReader(settings.has(Weakness.TRAILERS_REFUSED));
    }

    S3Request admit(Route route, Exchange exchange, FaultPlan plan) throws IOException {
        HttpRequest request = exchange.request();
        Admission admission = settings.has(Weakness.NO_SIGNATURES)
                ? verifier.waveThrough(request)
                : verifier.verify(request, route.query());
        if (route.operation() == S3Operation.UNKNOWN) {
            throw S3Refusal.of(ErrorCode.NOT_IMPLEMENTED);
        }
        checkKey(route.key());
        checkLength(route.operation(), request.headers());
        S3Request early = new S3Request(route, request.headers(), ReceivedBody.EMPTY, plan);
        boolean existing = !route.bucket().isEmpty() && route.operation() != S3Operation.CREATE_BUCKET;
        if (existing) {
            Access.check(early, buckets.get(route.bucket()), settings);
        }
        ReceivedBody body = bodies.read(exchange.body(), request.headers(), admission);
        return new S3Request(route, request.headers(), arrived(body, plan), plan);
    }

    private static ReceivedBody arrived(ReceivedBody body, FaultPlan plan) {
        return plan.first(WireFault.CorruptUpload.class)
                .map(fault -> body.withBytes(fault.arrived(body.bytes())))
                .orElse(body);
    }

    private static void checkKey(String key) {
        int length = key.length() * 3 <= LONGEST_KEY ? 0 : key.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_KEY) {
            throw S3Refusal.of(ErrorCode.KEY_TOO_LONG)
                    .with("Size", Integer.toString(length))
                    .with("MaxSizeAllowed", Integer.toString(LONGEST_KEY));
        }
    }

    private static void checkLength(S3Operation operation, Headers headers) {
        boolean upload = operation == S3Operation.PUT_OBJECT || operation == S3Operation.UPLOAD_PART;
        if (!upload) {
            return;
        }
        Optional<String> length =
                headers.first("x-amz-decoded-content-length").or(() -> headers.first("content-length"));
        if (length.isEmpty() && !headers.has("transfer-encoding")) {
            throw S3Refusal.of(ErrorCode.MISSING_CONTENT_LENGTH);
        }
        if (length.filter(text -> text.matches("[0-9]{1,18}") && Long.parseLong(text) > LARGEST_PUT)
                .isPresent()) {
            throw S3Refusal.of(ErrorCode.ENTITY_TOO_LARGE)
                    .with("ProposedSize", length.get())
                    .with("MaxSizeAllowed", Long.toString(LARGEST_PUT));
        }
    }
}
