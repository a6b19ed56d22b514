package dev.replicator.testkit.gcs.request;

import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes {@code [first, first + count)} of an object. */
public record ByteRange(long first, long count) {
    private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /** Of a Range field; empty when it is of no known form, which HTTP says to overlook. */
    public static Optional<ByteRange> parse(String header, long size) {
        Matcher matcher = FORM.matcher(header);
        if (!matcher.matches() || header.equals("bytes=-")) {
            return Optional.empty();
        }
        if (matcher.group(1).isEmpty()) {
            long suffix = Math.min(size, Long.parseLong(matcher.group(2)));
            return Optional.of(satisfiable(size - suffix, suffix, size));
        }
        long first = Long.parseLong(matcher.group(1));
        long end = matcher.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
        if (end < first) {
            return Optional.empty();
        }
        return Optional.of(satisfiable(first, Math.min(size - 1, end) - first + 1, size));
    }

    public String contentRange(long size) {
        return "bytes " + first + "-" + (first + count - 1) + "/" + size;
    }

    private static ByteRange satisfiable(long first, long count, long size) {
        if (count <= 0 || first >= size) {
            throw GcsRefusal.of(Reason.RANGE_NOT_SATISFIABLE).withHeader("Content-Range", "bytes */" + size);
        }
        return new ByteRange(first, count);
    }
}
