package dev.replicator;

import dev.replicator.execute.Workload;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.BucketRef;
import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestCounts;
import dev.replicator.store.RequestKind;
import dev.replicator.store.WriteOptions;
import java.util.function.Consumer;

/**
 * Finds out whether source and destination are one bucket under two names (an access point, a second endpoint, a
 * mounted directory): an object written to the destination's control area must not show up in the source. Only asked
 * where an alias is possible, and only of a real run, since it writes.
 */
final class AliasCheck {
    private AliasCheck() {}

    /** Whether the job reads and writes the same keys of one bucket. */
    static boolean isOneBucket(
            ReplicationJob job, ObjectStore source, ObjectStore destination, String runId, Consumer<String> warnings) {
        if (!isAsked(job, source, destination)) {
            return false;
        }
        ObjectKey canary = ObjectKey.of("canary-" + runId).prependedBy(job.controlPrefix());
        try {
            destination.write(canary, ByteArrayBody.of(new byte[] {'\n'}), WriteOptions.of(Precondition.none()));
        } catch (AccessDeniedException e) {
            warnings.accept(
                    "can't tell whether source and destination are one bucket under two names: " + e.getMessage());
            return false;
        }
        try {
            return source.head(canary).isPresent();
        } catch (BucketNotFoundException e) {
            // Nothing can be seen in a source that isn't there; listing it says so in better words.
            return false;
        } finally {
            remove(canary, destination, warnings);
        }
    }

    private static boolean isAsked(ReplicationJob job, ObjectStore source, ObjectStore destination) {
        return mayBeAliases(source.bucket(), destination.bucket()) && overlaps(job);
    }

    /** What asking will send. */
    static Workload foretold(ReplicationJob job, ObjectStore source, ObjectStore destination) {
        return isAsked(job, source, destination)
                ? new Workload(
                        0,
                        RequestCounts.of(RequestKind.HEAD, 1),
                        RequestCounts.of(RequestKind.PUT, 1).and(RequestKind.DELETE, 1),
                        0,
                        0)
                : Workload.NONE;
    }

    private static void remove(ObjectKey canary, ObjectStore destination, Consumer<String> warnings) {
        try {
            destination.delete(canary, Precondition.none());
        } catch (AccessDeniedException e) {
            warnings.accept(canary + " could not be removed again: " + e.getMessage());
        }
    }

    private static boolean mayBeAliases(BucketRef source, BucketRef destination) {
        if (!source.scheme().equals(destination.scheme()) || source.sameBucketAs(destination)) {
            return false;
        }
        return source.scheme().equals("file")
                || !source.endpoint().equals(destination.endpoint())
                || isAlias(source)
                || isAlias(destination);
    }

    private static boolean isAlias(BucketRef bucket) {
        return bucket.bucket().startsWith("arn:") || bucket.bucket().endsWith("-s3alias");
    }

    /** Whether a source prefix and a destination prefix would overlap if both buckets were one. */
    private static boolean overlaps(ReplicationJob job) {
        return PathCrossings.any(job, (from, to) -> from.covers(to) || to.covers(from));
    }
}
