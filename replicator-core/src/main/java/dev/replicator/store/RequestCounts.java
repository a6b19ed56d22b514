package dev.replicator.store;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** How many requests of each kind. Immutable; adding is associative and commutative, {@link #NONE} adds nothing. */
public final class RequestCounts {
    public static final RequestCounts NONE = new RequestCounts(new long[RequestKind.values().length]);

    private final long[] counts;

    private RequestCounts(long[] counts) {
        this.counts = counts;
    }

    public static RequestCounts of(RequestKind kind, long requests) {
        return NONE.and(kind, requests);
    }

    /** These and {@code requests} more of {@code kind}. */
    public RequestCounts and(RequestKind kind, long requests) {
        long[] sum = counts.clone();
        sum[kind.ordinal()] += requests;
        return new RequestCounts(sum);
    }

    public RequestCounts plus(RequestCounts more) {
        long[] sum = counts.clone();
        for (int kind = 0; kind < sum.length; kind++) {
            sum[kind] += more.counts[kind];
        }
        return new RequestCounts(sum);
    }

    public long of(RequestKind kind) {
        return counts[kind.ordinal()];
    }

    public long total() {
        return Arrays.stream(counts).sum();
    }

    /** Those that are billed so. */
    public long of(PriceClass price) {
        long sum = 0;
        for (RequestKind kind : RequestKind.values()) {
            sum += PriceClass.of(kind) == price ? of(kind) : 0;
        }
        return sum;
    }

    /** By kind, without the zeros, as a {@link RequestMeter} tells. */
    public Map<RequestKind, Long> toMap() {
        Map<RequestKind, Long> map = new EnumMap<>(RequestKind.class);
        for (RequestKind kind : RequestKind.values()) {
            if (of(kind) > 0) {
                map.put(kind, of(kind));
            }
        }
        return map;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RequestCounts that && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return toMap().toString();
    }
}
