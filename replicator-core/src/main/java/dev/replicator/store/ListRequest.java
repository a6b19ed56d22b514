package dev.replicator.store;

/**
 * Which keys to list: those under {@code prefix} and within {@code range} (full keys on both).
 *
 * @param pageSize keys per page, 1 to 1,000; a store may deliver fewer
 * @param metadata whether entries shall carry their metadata where the listing's own answers can show them; a wish, which
 *     a store may grant to some entries or to none, without further requests
 */
public record ListRequest(KeyPrefix prefix, KeyRange range, int pageSize, boolean metadata) {
    public static final int MAX_PAGE = 1_000;

    public ListRequest {
        if (pageSize < 1 || pageSize > MAX_PAGE) {
            throw new IllegalArgumentException("page size " + pageSize + " is not 1 to " + MAX_PAGE);
        }
    }

    /** Without metadata. */
    public ListRequest(KeyPrefix prefix, KeyRange range, int pageSize) {
        this(prefix, range, pageSize, false);
    }

    public static ListRequest everything() {
        return of(KeyPrefix.NONE);
    }

    public static ListRequest of(KeyPrefix prefix) {
        return new ListRequest(prefix, KeyRange.ALL, MAX_PAGE);
    }

    public ListRequest within(KeyRange other) {
        return new ListRequest(prefix, other, pageSize, metadata);
    }

    public ListRequest paged(int keys) {
        return new ListRequest(prefix, range, keys, metadata);
    }

    public ListRequest withMetadata() {
        return new ListRequest(prefix, range, pageSize, true);
    }
}
