package dev.replicator.testkit.s3.request;

import dev.replicator.testkit.http.HttpDates;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.model.Weakness;
import dev.replicator.testkit.s3.store.StoredObject;
import dev.replicator.testkit.s3.store.WriteCondition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/** Reads conditional header fields, as far as the server honours them. */
public final class Conditions {
    private final ServiceSettings settings;

    public Conditions(ServiceSettings settings) {
        this.settings = settings;
    }

    /** Of PutObject. */
    public WriteCondition ofPut(S3Request request) {
        WriteCondition condition = ofWrite(request);
        if (condition instanceof WriteCondition.Absent && settings.has(Weakness.CONDITIONAL_PUT_IGNORED)) {
            return new WriteCondition.None();
        }
        if (condition instanceof WriteCondition.Matches matches) {
            if (settings.has(Weakness.IF_MATCH_ON_PUT_IGNORED)) {
                return new WriteCondition.None();
            }
            if (settings.has(Weakness.IF_MATCH_WRITES_MISSING_KEY)) {
                return new WriteCondition.MatchesOrAbsent(matches.etag());
            }
        }
        return condition;
    }

    /** Of a CopyObject's destination. */
    public WriteCondition ofCopy(S3Request request) {
        WriteCondition condition = ofWrite(request);
        if (condition instanceof WriteCondition.None || settings.has(Weakness.CONDITIONAL_COPY_IGNORED)) {
            return new WriteCondition.None();
        }
        if (settings.has(Weakness.CONDITIONAL_COPY_REFUSED)) {
            throw S3Refusal.of(ErrorCode.NOT_IMPLEMENTED).with("Header", "If-None-Match");
        }
        return condition;
    }

    /** Of CompleteMultipartUpload. */
    public WriteCondition ofComplete(S3Request request) {
        WriteCondition condition = ofWrite(request);
        return settings.has(Weakness.CONDITIONAL_COMPLETE_IGNORED) ? new WriteCondition.None() : condition;
    }

    /** Of a delete, by its ETag or {@code *}. */
    public WriteCondition ofDelete(Optional<String> ifMatch) {
        if (settings.has(Weakness.CONDITIONAL_DELETE_IGNORED)) {
            return new WriteCondition.None();
        }
        return ifMatch.<WriteCondition>map(etag -> new WriteCondition.Matches(unquoted(etag)))
                .orElseGet(WriteCondition.None::new);
    }

    /** Refuses a read whose conditions do not hold: 304 or 412, in the order of RFC 9110, section 13.2.2. */
    public void checkRead(S3Request request, StoredObject object) {
        Optional<String> ifMatch = request.header("if-match");
        if (ifMatch.isPresent()) {
            refuseUnless(matchesAny(ifMatch.get(), object), "If-Match");
        } else {
            Optional<Instant> unmodified = request.header("if-unmodified-since").flatMap(HttpDates::parse);
            refuseUnless(
                    unmodified.filter(since -> seconds(object).isAfter(since)).isEmpty(), "If-Unmodified-Since");
        }
        Optional<String> ifNoneMatch = request.header("if-none-match");
        boolean seen = ifNoneMatch.isPresent()
                ? matchesAny(ifNoneMatch.get(), object)
                : request.header("if-modified-since")
                        .flatMap(HttpDates::parse)
                        .filter(since -> !seconds(object).isAfter(since))
                        .isPresent();
        if (seen) {
            throw S3Refusal.of(ErrorCode.NOT_MODIFIED)
                    .withHeader("ETag", "\"" + object.etag() + "\"")
                    .withHeader("Last-Modified", HttpDates.format(object.lastModified()));
        }
    }

    /** Refuses a copy whose conditions on its source do not hold: always 412. */
    public void checkSource(S3Request request, StoredObject source) {
        if (settings.has(Weakness.COPY_SOURCE_CONDITIONS_IGNORED)) {
            return;
        }
        Optional<String> ifMatch = request.header("x-amz-copy-source-if-match");
        if (ifMatch.isPresent()) {
            refuseUnless(matchesAny(ifMatch.get(), source), "x-amz-copy-source-If-Match");
        } else {
            Optional<Instant> since =
                    request.header("x-amz-copy-source-if-unmodified-since").flatMap(HttpDates::parse);
            refuseUnless(
                    since.filter(time -> seconds(source).isAfter(time)).isEmpty(),
                    "x-amz-copy-source-If-Unmodified-Since");
        }
        Optional<String> ifNoneMatch = request.header("x-amz-copy-source-if-none-match");
        if (ifNoneMatch.isPresent()) {
            refuseUnless(!matchesAny(ifNoneMatch.get(), source), "x-amz-copy-source-If-None-Match");
        } else {
            Optional<Instant> since =
                    request.header("x-amz-copy-source-if-modified-since").flatMap(HttpDates::parse);
            refuseUnless(
                    since.filter(time -> !seconds(source).isAfter(time)).isEmpty(),
                    "x-amz-copy-source-If-Modified-Since");
        }
    }

    private static WriteCondition ofWrite(S3Request request) {
        Optional<String> ifNoneMatch = request.header("if-none-match");
        Optional<String> ifMatch = request.header("if-match");
        if (ifNoneMatch.isPresent()
                && (ifMatch.isPresent() || !ifNoneMatch.get().equals("*"))) {
            throw S3Refusal.of(ErrorCode.NOT_IMPLEMENTED).with("Header", "If-None-Match");
        }
        if (ifMatch.filter("*"::equals).isPresent()) {
            throw S3Refusal.of(ErrorCode.NOT_IMPLEMENTED).with("Header", "If-Match");
        }
        if (ifNoneMatch.isPresent()) {
            return new WriteCondition.Absent();
        }
        return ifMatch.<WriteCondition>map(etag -> new WriteCondition.Matches(unquoted(etag)))
                .orElseGet(WriteCondition.None::new);
    }

    private static boolean matchesAny(String etags, StoredObject object) {
        return Arrays.stream(etags.split(","))
                .map(etag -> unquoted(etag.strip()))
                .anyMatch(etag -> etag.equals("*") || etag.equals(object.etag()));
    }

    private static void refuseUnless(boolean holds, String condition) {
        if (!holds) {
            throw S3Refusal.of(ErrorCode.PRECONDITION_FAILED).with("Condition", condition);
        }
    }

    private static Instant seconds(StoredObject object) {
        return object.lastModified().truncatedTo(ChronoUnit.SECONDS);
    }

    public static String unquoted(String etag) {
        boolean quoted = etag.length() > 1 && etag.startsWith("\"") && etag.endsWith("\"");
        return quoted ? etag.substring(1, etag.length() - 1) : etag;
    }
}
