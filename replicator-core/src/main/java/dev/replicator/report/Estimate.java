package dev.replicator.report;

import dev.replicator.execute.Workload;
import dev.replicator.store.BucketRef;
import dev.replicator.store.PriceClass;
import dev.replicator.store.RequestCounts;
import java.time.Duration;

/**
 * What carrying a plan out will take when nothing goes wrong: requests exactly, time roughly. Never money: prices
 * change, and differ by region, class and contract. Left out are the requests that the plan itself sent (a run sends the
 * same again, an apply does not), retries, the reading of tags, and a job's lease and marker.
 *
 * @param work requests and bytes to come; deletes only where the gate is open
 */
public record Estimate(Workload work, Movement movement, Side source, Side destination, AssumedPace pace) {

    /** Which way the bytes go; the same for all objects of a job. */
    public enum Movement {
        /** Between directories of this machine. */
        LOCAL,
        /** Copied by the store, inside one region. */
        SERVER_SIDE,
        /** Copied by the store, from one region to another: billed as transfer between regions. */
        SERVER_SIDE_ACROSS_REGIONS,
        /** Out of the source, through this process, into the destination: billed as what leaves the source. */
        STREAMED
    }

    /**
     * A bucket's place.
     *
     * @param local whether it is this machine's, so that nobody bills requests to it
     */
    public record Side(BucketRef bucket, boolean local) {
        /** {@code s3 eu-west-1}, {@code s3 at host:9000}, {@code gs}, {@code file}. */
        public String place() {
            if (!bucket.endpoint().isEmpty()) {
                return bucket.scheme() + " at " + bucket.endpoint();
            }
            return bucket.region().isEmpty() ? bucket.scheme() : bucket.scheme() + " " + bucket.region();
        }

        /** Whether both are billed by one service. */
        public boolean isServedLike(Side other) {
            return bucket.scheme().equals(other.bucket.scheme())
                    && bucket.endpoint().equals(other.bucket.endpoint());
        }
    }

    public boolean isEmpty() {
        return work.objects() == 0;
    }

    /** Billed requests of a class, to both sides. */
    public long billed(PriceClass price) {
        return billed(source, work.source(), price) + billed(destination, work.destination(), price);
    }

    private static long billed(Side side, RequestCounts requests, PriceClass price) {
        return side.local() ? 0 : requests.of(price);
    }

    public Duration atLeast() {
        return pace.atLeast(work, isByStore());
    }

    public Duration atMost() {
        return pace.atMost(work, isByStore());
    }

    private boolean isByStore() {
        return movement == Movement.SERVER_SIDE || movement == Movement.SERVER_SIDE_ACROSS_REGIONS;
    }
}
