package dev.replicator.tests.pairs;

import java.util.Arrays;
import java.util.stream.Stream;

/** A source and a destination. */
record Pair(Kind source, Kind destination) {
    /** All nine. */
    static Stream<Pair> all() {
        return Arrays.stream(Kind.values())
                .flatMap(source -> Arrays.stream(Kind.values()).map(destination -> new Pair(source, destination)));
    }

    /** From one cloud to the other. */
    static Stream<Pair> acrossClouds() {
        return Stream.of(new Pair(Kind.S3, Kind.GCS), new Pair(Kind.GCS, Kind.S3));
    }

    @Override
    public String toString() {
        return source + " to " + destination;
    }
}
