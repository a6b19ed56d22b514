package dev.replicator;

import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.KeyPrefix;
import java.util.function.BiPredicate;

/** Every source prefix of a job against every destination prefix, both from their buckets' roots. */
final class PathCrossings {
    private PathCrossings() {}

    /** @param condition asked of a source prefix and a destination prefix */
    static boolean any(ReplicationJob job, BiPredicate<KeyPrefix, KeyPrefix> condition) {
        for (PrefixPair one : job.paths()) {
            KeyPrefix from = job.source().uri().prefix().append(one.from());
            for (PrefixPair other : job.paths()) {
                if (condition.test(from, job.destination().uri().prefix().append(other.to()))) {
                    return true;
                }
            }
        }
        return false;
    }
}
