package dev.replicator.report;

import dev.replicator.execute.Workload;
import dev.replicator.job.TransferSettings;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * What an estimate of time assumes; nothing of it is measured.
 *
 * @param concurrency objects in flight
 * @param quickRequest how long a request takes at best
 * @param slowRequest how long a request takes at worst
 * @param fastBytes bytes per second of all streams, or of each copy that the store makes, at best
 * @param slowBytes the same at worst
 * @param requestsPerSecond the job's limit per store; 0 is none
 */
public record AssumedPace(
        int concurrency,
        Duration quickRequest,
        Duration slowRequest,
        long fastBytes,
        long slowBytes,
        int requestsPerSecond) {
    private static final long MIB = 1L << 20;

    /** Services answer small requests within tens to a few hundred milliseconds. */
    static AssumedPace ofNetwork(int concurrency, TransferSettings limits) {
        return new AssumedPace(concurrency, Duration.ofMillis(50), Duration.ofMillis(150), 150 * MIB, 50 * MIB, 0)
                .within(limits);
    }

    /** Every file that is written is also forced to the disk. */
    static AssumedPace ofDisk(int concurrency, TransferSettings limits) {
        return new AssumedPace(concurrency, Duration.ofMillis(1), Duration.ofMillis(10), 1_000 * MIB, 100 * MIB, 0)
                .within(limits);
    }

    private AssumedPace within(TransferSettings limits) {
        OptionalLong most = limits.bandwidth();
        return new AssumedPace(
                concurrency,
                quickRequest,
                slowRequest,
                Math.min(fastBytes, most.orElse(fastBytes)),
                Math.min(slowBytes, most.orElse(slowBytes)),
                limits.requestsPerSecond());
    }

    /** All goes well: requests and bytes wait for one another wholly. */
    Duration atLeast(Workload work, boolean byStore) {
        double bytes = (double) work.bytes() / fastBytes / (byStore ? inFlight(work) : 1);
        return seconds(Math.max(requests(work, quickRequest), bytes));
    }

    /** All goes slowly, and bytes start when requests have ended. */
    Duration atMost(Workload work, boolean byStore) {
        double together = (double) work.bytes() / slowBytes / (byStore ? inFlight(work) : 1);
        double alone = (double) work.largest() / slowBytes;
        return seconds(requests(work, slowRequest) + Math.max(together, alone));
    }

    private double requests(Workload work, Duration each) {
        double waiting = work.requests().total() * each.toMillis() / 1_000.0 / inFlight(work);
        long most = Math.max(work.source().total(), work.destination().total());
        return requestsPerSecond == 0 ? waiting : Math.max(waiting, (double) most / requestsPerSecond);
    }

    private long inFlight(Workload work) {
        return Math.max(1, Math.min(concurrency, work.objects()));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }
}
