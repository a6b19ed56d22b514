package dev.replicator.testkit.s3.fault;

import dev.replicator.testkit.s3.listing.LyingListing;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.wire.WireFault;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/** One thing that goes wrong with one request: what any service does, and what S3 alone does. */
public sealed interface Fault extends WireFault {
    /** Answers S3's error for this code in place of doing anything; {@code status} may differ from S3's. */
    record Refuse(ErrorCode code, int status, Map<String, String> headers) implements Fault {
        public Refuse {
            headers = Map.copyOf(headers);
        }

        /** The same with a {@code Retry-After} in whole seconds. */
        public Refuse retryAfter(Duration wait) {
            return new Refuse(code, status, Map.of("Retry-After", Long.toString(wait.toSeconds())));
        }
    }

    /** Does nothing and answers 200 with an error document, as S3 does for long copies and completions. */
    record ErrorInOk(ErrorCode code) implements Fault {}

    /** Fails these keys of a DeleteObjects, and deletes the others; has no effect on other operations. */
    record FailKeys(Predicate<String> keys, ErrorCode code) implements Fault {}

    /** Answers a listing with a lie; has no effect on other operations. */
    record Lie(LyingListing lie) implements Fault {}

    static Answer answer(int status, String body) {
        return WireFault.answer(status, body);
    }

    /** A page as proxies and load balancers send it. */
    static Answer html(int status) {
        return WireFault.html(status);
    }

    /** Sends the client elsewhere, as S3 does for a bucket of another region. */
    static Answer redirect(int status, String location) {
        return new Answer(
                status,
                Map.of("Content-Type", "application/xml", "Location", location),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>PermanentRedirect</Code><Message>Please send"
                        + " all future requests to this endpoint.</Message></Error>");
    }

    static Refuse error(ErrorCode code) {
        return new Refuse(code, code.status(), Map.of());
    }

    static Refuse slowDown() {
        return error(ErrorCode.SLOW_DOWN);
    }

    static Refuse internalError() {
        return error(ErrorCode.INTERNAL_ERROR);
    }

    static Refuse accessDenied() {
        return error(ErrorCode.ACCESS_DENIED);
    }

    static DropBeforeCommit dropBeforeCommit() {
        return WireFault.dropBeforeCommit();
    }

    static DropAfterCommit dropAfterCommit() {
        return WireFault.dropAfterCommit();
    }

    static Delay delay(Duration duration) {
        return WireFault.delay(duration);
    }

    static Stall stall(Duration most) {
        return WireFault.stall(most);
    }

    static Truncate truncate(long afterBytes) {
        return WireFault.truncate(afterBytes);
    }

    static ReplaceBody body(String text) {
        return WireFault.body(text);
    }

    static Lie lie(LyingListing lie) {
        return new Lie(lie);
    }
}
