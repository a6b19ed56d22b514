package dev.replicator.store;

/**
 * Which keys to list: those under {@code prefix} and within {@code range} (full keys on both).
 *
 * @param pageSize keys per page, 1 to 1,000; a store may deliver fewer
 */
public record ListRequest(KeyPrefix prefix, KeyRange range, int pageSize) {
    public static final int MAX_PAGE = 1_000;

    public ListRequest {
        if (pageSize < 1 || pageSize > MAX_PAGE) {
            throw new IllegalArgumentException("page size " + pageSize + " is not 1 to " + MAX_PAGE);
        }
    }

    public static ListRequest everything() {
        return of(KeyPrefix.NONE);
    }

    public static ListRequest of(KeyPrefix prefix) {
        return new ListRequest(prefix, KeyRange.ALL, MAX_PAGE);
    }

    public ListRequest within(KeyRange other) {
        return new ListRequest(prefix, other, pageSize);
    }

    public ListRequest paged(int keys) {
        return new ListRequest(prefix, range, keys);
    }
}
