package dev.replicator.job;

import dev.replicator.store.StoreContext;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How hard a run may work.
 *
 * @param concurrency objects in flight, 1 to 1,024; absent: chosen by the machine and the route
 * @param bytesInFlight most bytes on their way through this process; an object that is larger goes alone
 * @param bandwidth most bytes per second over all streams
 * @param requestsPerSecond most requests per second and store; 0 is no limit
 */
public record TransferSettings(
        OptionalInt concurrency, long bytesInFlight, OptionalLong bandwidth, int requestsPerSecond) {
    public static final TransferSettings DEFAULT =
            new TransferSettings(OptionalInt.empty(), StoreContext.BYTES_IN_FLIGHT, OptionalLong.empty(), 0);

    public TransferSettings {
        if (concurrency.isPresent() && (concurrency.getAsInt() < 1 || concurrency.getAsInt() > 1_024)) {
            throw new IllegalArgumentException("concurrency must be 1 to 1024, not " + concurrency.getAsInt());
        }
        if (bytesInFlight < 1 || requestsPerSecond < 0 || bandwidth.orElse(1) < 1) {
            throw new IllegalArgumentException("transfer limits must be positive");
        }
    }

    public TransferSettings withBytesInFlight(long bytes) {
        return new TransferSettings(concurrency, bytes, bandwidth, requestsPerSecond);
    }

    public TransferSettings withConcurrency(int objects) {
        return new TransferSettings(OptionalInt.of(objects), bytesInFlight, bandwidth, requestsPerSecond);
    }
}
