package dev.replicator.testkit.gcs.listing;

import java.util.Optional;

/**
 * What a listing asks for. {@code startOffset} is inclusive, {@code endOffset} exclusive and empty for no bound.
 *
 * @param most entries of the page: objects and prefixes together
 * @param trailingObjects whether an object named like a prefix is listed beside it
 * @param position where the page before ended
 */
public record ListQuery(
        String bucket,
        String prefix,
        String delimiter,
        String startOffset,
        String endOffset,
        int most,
        boolean trailingObjects,
        Optional<Position> position) {
    /** The last entry of a page. */
    public record Position(boolean prefix, String text) {}

    ListQuery withMost(int entries) {
        return new ListQuery(bucket, prefix, delimiter, startOffset, endOffset, entries, trailingObjects, position);
    }

    /** The same from the prefix's first object, whatever the offsets and the token said. */
    ListQuery unbounded() {
        return new ListQuery(bucket, prefix, delimiter, "", "", most, trailingObjects, Optional.empty());
    }
}
