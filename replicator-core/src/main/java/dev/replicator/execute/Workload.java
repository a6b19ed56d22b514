package dev.replicator.execute;

import dev.replicator.store.RequestCounts;

/**
 * What actions will take. Adding is associative and commutative, {@link #NONE} adds nothing.
 *
 * @param objects to be copied, deleted or given other metadata
 * @param source requests to the source's store
 * @param destination requests to the destination's store
 * @param bytes to be copied
 * @param largest bytes of the largest object to be copied
 */
public record Workload(long objects, RequestCounts source, RequestCounts destination, long bytes, long largest) {
    public static final Workload NONE = new Workload(0, RequestCounts.NONE, RequestCounts.NONE, 0, 0);

    public Workload plus(Workload more) {
        return new Workload(
                objects + more.objects,
                source.plus(more.source),
                destination.plus(more.destination),
                bytes + more.bytes,
                Math.max(largest, more.largest));
    }

    public RequestCounts requests() {
        return source.plus(destination);
    }
}
