package dev.replicator.store;

import java.util.Locale;

/** Classes of requests on the wire, as the report counts them (a directory counts its calls likewise). */
public enum RequestKind {
    LIST,
    HEAD,
    GET,
    PUT,
    COPY,
    DELETE,
    /** Starting, completing, aborting and listing multipart uploads; parts count as PUT or COPY. */
    MULTIPART,
    /** Reading or writing tags. */
    TAGS,
    OTHER;

    /** The report's word: {@code list}, {@code head}, … */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether such a request can change a bucket. */
    public boolean mutates() {
        return this == PUT || this == COPY || this == DELETE || this == MULTIPART;
    }
}
