package dev.replicator.testkit.gcs.request;

import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Content-Range of a resumable upload's request.
 *
 * @param first offset of the body's first byte; empty for {@code *}, which comes with no body
 * @param count bytes announced
 * @param total bytes of the whole; empty while it is not known
 */
public record ContentRange(OptionalLong first, long count, OptionalLong total) {
    private static final Pattern FORM = Pattern.compile("bytes (?:([0-9]{1,18})-([0-9]{1,18})|\\*)/([0-9]{1,18}|\\*)");

    public static ContentRange parse(String header) {
        Matcher matcher = FORM.matcher(header);
        if (!matcher.matches()) {
            throw invalid("Invalid request.  Failed to parse Content-Range header.");
        }
        OptionalLong total =
                matcher.group(3).equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(matcher.group(3)));
        if (matcher.group(1) == null) {
            return new ContentRange(OptionalLong.empty(), 0, total);
        }
        long first = Long.parseLong(matcher.group(1));
        long last = Long.parseLong(matcher.group(2));
        if (last < first || (total.isPresent() && last >= total.getAsLong())) {
            throw invalid("Invalid request.  The Content-Range header contains an invalid range.");
        }
        return new ContentRange(OptionalLong.of(first), last - first + 1, total);
    }

    /** Of a request that has no such field: it carries the whole. */
    public static ContentRange whole(long length) {
        return new ContentRange(OptionalLong.of(0), length, OptionalLong.of(length));
    }

    static GcsRefusal invalid(String message) {
        return GcsRefusal.of(Reason.INVALID, message);
    }
}
