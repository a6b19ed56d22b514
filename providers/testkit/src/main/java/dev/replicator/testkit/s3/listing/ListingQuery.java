package dev.replicator.testkit.s3.listing;

import java.util.Optional;

/**
 * What a listing asks for. Results lie strictly after {@code startAfter}; a {@code position}, taken from a token,
 * takes its place. An empty delimiter is none. {@code version} is 1 or 2.
 */
public record ListingQuery(
        int version,
        String prefix,
        String delimiter,
        String startAfter,
        Optional<String> token,
        Optional<Position> position,
        int maxKeys,
        boolean urlEncoded,
        boolean withOwner) {
    /** Where a page ended: at a key, or at a common prefix with all keys below it. */
    public record Position(boolean commonPrefix, String text) {}

    /** The same question from the very beginning. */
    public ListingQuery fromTheStart() {
        return new ListingQuery(
                version, prefix, delimiter, "", Optional.empty(), Optional.empty(), maxKeys, urlEncoded, withOwner);
    }

    /** The same question with another prefix. */
    public ListingQuery withPrefix(String other) {
        return new ListingQuery(version, other, delimiter, startAfter, token, position, maxKeys, urlEncoded, withOwner);
    }

    /** The same question for another number of keys. */
    public ListingQuery withMaxKeys(int other) {
        return new ListingQuery(version, prefix, delimiter, startAfter, token, position, other, urlEncoded, withOwner);
    }

    /** The same question, its answer encoded or not. */
    public ListingQuery withUrlEncoded(boolean encoded) {
        return new ListingQuery(version, prefix, delimiter, startAfter, token, position, maxKeys, encoded, withOwner);
    }
}
