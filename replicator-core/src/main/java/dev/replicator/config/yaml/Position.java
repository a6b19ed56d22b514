package dev.replicator.config.yaml;

/** Where something stands in a file; both count from 1. */
public record Position(int line, int column) {
    public static final Position START = new Position(1, 1);
}
