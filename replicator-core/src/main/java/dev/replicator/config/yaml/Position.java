package dev.replicator.config.yaml;

/** Where something stands in a file; both count from 1, and are 0 for what stands in no file. */
public record Position(int line, int column) {
    public static final Position START = new Position(1, 1);
    public static final Position NOWHERE = new Position(0, 0);
}
