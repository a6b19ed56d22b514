package dev.replicator.testkit.s3.request;

import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
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
            return Optional.of(satisfiable(size - suffix, suffix, size, header));
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(matcher.group(2)));
        if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < first) {
            return Optional.empty();
        }
        return Optional.of(satisfiable(first, last - first + 1, size, header));
    }

    /** Of a copy's source, where first and last must be given and lie within. */
    public static ByteRange ofCopySource(String header, long size) {
        Matcher matcher = FORM.matcher(header);
        if (!matcher.matches() || matcher.group(1).isEmpty() || matcher.group(2).isEmpty()) {
            throw S3Refusal.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are"
                            + " the zero-based offsets of the first and last bytes to copy");
        }
        long first = Long.parseLong(matcher.group(1));
        long last = Long.parseLong(matcher.group(2));
        if (last < first || last >= size) {
            throw S3Refusal.of(
                    ErrorCode.INVALID_ARGUMENT, "Range specified is not valid for source object of size: " + size);
        }
        return new ByteRange(first, last - first + 1);
    }

    public String contentRange(long size) {
        return "bytes " + first + "-" + (first + count - 1) + "/" + size;
    }

    private static ByteRange satisfiable(long first, long count, long size, String header) {
        if (count <= 0 || first >= size) {
            throw S3Refusal.of(ErrorCode.INVALID_RANGE)
                    .with("RangeRequested", header)
                    .with("ActualObjectSize", Long.toString(size))
                    .withHeader("Content-Range", "bytes */" + size);
        }
        return new ByteRange(first, count);
    }
}
