package dev.replicator.testkit.s3.listing;

import dev.replicator.testkit.http.Query;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.model.Weakness;
import java.util.Optional;
import java.util.Set;

/** Reads listing parameters, as strictly as S3 does. */
public final class ListingQueries {
    private static final int MOST_KEYS = 1000;

    private final Set<Weakness> weaknesses;

    public ListingQueries(Set<Weakness> weaknesses) {
        this.weaknesses = Set.copyOf(weaknesses);
    }

    /** Of ListObjectsV2. */
    public ListingQuery second(String bucket, Query query) {
        String prefix = query.first("prefix").orElse("");
        String delimiter = query.first("delimiter").orElse("");
        Optional<String> token = query.first("continuation-token");
        Optional<String> startAfter = query.first("start-after");
        if (startAfter.isPresent() && weaknesses.contains(Weakness.UNORDERED_LISTING)) {
            throw S3Refusal.of(ErrorCode.NOT_IMPLEMENTED).with("Header", "start-after");
        }
        return new ListingQuery(
                2,
                prefix,
                delimiter,
                startAfter
                        .filter(after -> !weaknesses.contains(Weakness.START_AFTER_IGNORED))
                        .orElse(""),
                token,
                token.map(text -> ContinuationTokens.parse(bucket, prefix, delimiter, text)),
                maxKeys(query),
                urlEncoded(query),
                query.first("fetch-owner").filter("true"::equals).isPresent());
    }

    /** Of ListObjects. */
    public ListingQuery first(Query query) {
        return new ListingQuery(
                1,
                query.first("prefix").orElse(""),
                query.first("delimiter").orElse(""),
                query.first("marker").orElse(""),
                Optional.empty(),
                Optional.empty(),
                maxKeys(query),
                urlEncoded(query),
                true);
    }

    /** {@code max-keys}: 1,000 unless fewer are asked for. */
    public static int maxKeys(Query query) {
        return limit(query, "max-keys");
    }

    /** A limit that is 1,000 unless a smaller number is asked for. */
    public static int limit(Query query, String name) {
        String text = query.first(name).orElse("1000");
        if (!text.matches("[0-9]{1,10}")) {
            throw S3Refusal.of(
                            ErrorCode.INVALID_ARGUMENT, "Provided " + name + " not an integer or within integer range")
                    .with("ArgumentName", name)
                    .with("ArgumentValue", text);
        }
        return (int) Math.min(MOST_KEYS, Long.parseLong(text));
    }

    private boolean urlEncoded(Query query) {
        Optional<String> type = query.first("encoding-type");
        if (type.isPresent() && !type.get().equals("url")) {
            throw S3Refusal.of(ErrorCode.INVALID_ARGUMENT, "Invalid Encoding Method specified in Request")
                    .with("ArgumentName", "encoding-type");
        }
        return type.isPresent() && !weaknesses.contains(Weakness.ENCODING_TYPE_IGNORED);
    }
}
