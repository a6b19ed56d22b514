package dev.replicator.cli.option;

/** How stdout speaks. */
public enum OutputFormat {
    TEXT,
    /** One document at the end. */
    JSON,
    /** An event per line; the last has type {@code exit}. */
    NDJSON
}
