package dev.replicator.testkit.s3.fault;

import dev.replicator.testkit.s3.http.Ending;
import dev.replicator.testkit.s3.http.Payload;
import dev.replicator.testkit.s3.listing.LyingListing;
import dev.replicator.testkit.s3.model.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** One thing that goes wrong with one request. */
public sealed interface Fault {
    /** Answers this in place of doing anything. */
    record Answer(int status, Map<String, String> headers, String body) implements Fault {
        public Answer {
            headers = Map.copyOf(headers);
        }

        /** The same with a {@code Retry-After} in whole seconds. */
        public Answer retryAfter(Duration wait) {
            return with("Retry-After", Long.toString(wait.toSeconds()));
        }

        public Answer with(String header, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new Answer(status, more, body);
        }
    }

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

    /** Ends the connection without an answer, having done nothing. */
    record DropBeforeCommit(Ending ending) implements Fault {}

    /** Does what was asked, then ends the connection without an answer. */
    record DropAfterCommit(Ending ending) implements Fault {}

    /** Holds the request for this long (or until the server closes), then ends the connection; does nothing. */
    record Stall(Duration most) implements Fault {}

    /** Holds the request for this long, then goes on with it. */
    record Delay(Duration duration) implements Fault {}

    /** Does nothing and answers 200 with an error document, as S3 does for long copies and completions. */
    record ErrorInOk(ErrorCode code) implements Fault {}

    /** Announces the whole body, sends its first bytes and ends the connection. */
    record Truncate(long afterBytes, Ending ending) implements Fault {}

    /** Sends the first bytes of the body, then nothing for this long, then the rest. */
    record StallBody(long afterBytes, Duration duration) implements Fault {}

    /** Sends the body no faster than this. */
    record SlowBody(long bytesPerSecond) implements Fault {}

    /** Flips the lowest bit of the body's byte at this offset. */
    record FlipBit(long offset) implements Fault {}

    /** Does what was asked and answers with another body and its right length. */
    record ReplaceBody(Payload body) implements Fault {}

    /** Fails these keys of a DeleteObjects, and deletes the others; has no effect on other operations. */
    record FailKeys(Predicate<String> keys, ErrorCode code) implements Fault {}

    /** Answers a listing with a lie; has no effect on other operations. */
    record Lie(LyingListing lie) implements Fault {}

    static Answer answer(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "text/plain"), body);
    }

    /** A page as proxies and load balancers send it. */
    static Answer html(int status) {
        return new Answer(
                status,
                Map.of("Content-Type", "text/html"),
                "<html><head><title>" + status + "</title></head><body><h1>" + status + "</h1></body></html>");
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
        return new DropBeforeCommit(Ending.RST);
    }

    static DropAfterCommit dropAfterCommit() {
        return new DropAfterCommit(Ending.RST);
    }

    static Delay delay(Duration duration) {
        return new Delay(duration);
    }

    static Stall stall(Duration most) {
        return new Stall(most);
    }

    static Truncate truncate(long afterBytes) {
        return new Truncate(afterBytes, Ending.FIN);
    }

    static ReplaceBody body(String text) {
        return new ReplaceBody(Payload.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    static Lie lie(LyingListing lie) {
        return new Lie(lie);
    }
}
