package dev.replicator.server.history;

import java.util.Map;

/** Where the databases differ. */
enum Dialect {
    SQLITE(Map.of("bytes", "blob", "clustered", "without rowid"), "cast(unixepoch('subsec') * 1000 as integer)"),
    POSTGRESQL(
            Map.of("bytes", "bytea", "clustered", ""), "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)");

    private final Map<String, String> placeholders;
    private final String now;

    Dialect(Map<String, String> placeholders, String now) {
        this.placeholders = placeholders;
        this.now = now;
    }

    /** What migrations say differently. */
    Map<String, String> placeholders() {
        return placeholders;
    }

    /** The database's own time, in milliseconds since 1970: the one clock that several servers share. */
    String now() {
        return now;
    }
}
