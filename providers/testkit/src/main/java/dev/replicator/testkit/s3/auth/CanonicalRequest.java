package dev.replicator.testkit.s3.auth;

import dev.replicator.testkit.http.Headers;
import dev.replicator.testkit.http.HttpRequest;
import dev.replicator.testkit.http.Percent;
import dev.replicator.testkit.http.Query;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The canonical request of Signature Version 4, by S3's rules: the path is encoded once and never normalised, the
 * query is sorted by its encoded names, and runs of blanks in header values count as one.
 */
final class CanonicalRequest {
    private CanonicalRequest() {}

    static String of(HttpRequest request, Query query, SignatureClaim claim) {
        String path = Percent.decode(request.path()).orElseThrow(() -> S3Refusal.of(ErrorCode.INVALID_URI));
        StringBuilder headers = new StringBuilder();
        for (String name : claim.signedHeaders()) {
            headers.append(name)
                    .append(':')
                    .append(value(request.headers(), name))
                    .append('\n');
        }
        return String.join(
                "\n",
                request.method(),
                Percent.encodePath(path),
                canonical(query),
                headers,
                String.join(";", claim.signedHeaders()),
                claim.payloadHash());
    }

    private static String canonical(Query query) {
        return query.parameters().stream()
                .filter(parameter -> !parameter.getKey().equals("X-Amz-Signature"))
                .map(parameter -> List.of(Percent.encode(parameter.getKey()), Percent.encode(parameter.getValue())))
                .sorted((left, right) -> {
                    int byName = left.get(0).compareTo(right.get(0));
                    return byName != 0 ? byName : left.get(1).compareTo(right.get(1));
                })
                .map(parameter -> parameter.get(0) + "=" + parameter.get(1))
                .collect(Collectors.joining("&"));
    }

    /** Header bytes were read as ISO 8859-1; clients sign them as UTF-8. */
    private static String value(Headers headers, String name) {
        if (!headers.has(name)) {
            throw S3Refusal.of(ErrorCode.SIGNATURE_DOES_NOT_MATCH);
        }
        String joined = headers.all(name).stream()
                .map(value -> value.strip().replaceAll(" +", " "))
                .collect(Collectors.joining(","));
        return new String(joined.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
