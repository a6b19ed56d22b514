package dev.replicator.s3.client;

import dev.replicator.store.Displays;
import dev.replicator.store.InvalidRequestException;
import java.util.Optional;

/** What a bucket's name says about how it is used. */
public final class BucketNames {
    private static final int ARN_REGION = 3;

    private BucketNames() {}

    /** Whether the name is an access point's, by ARN or alias: listings answer with another name then. */
    public static boolean isAccessPoint(String bucket) {
        return bucket.startsWith("arn:") || bucket.endsWith("-s3alias");
    }

    /** The region that an ARN names. */
    static Optional<String> regionOf(String bucket) {
        String[] parts = bucket.split(":", -1);
        return bucket.startsWith("arn:") && parts.length > ARN_REGION
                ? Optional.of(parts[ARN_REGION])
                : Optional.empty();
    }

    /**
     * Refuses what can't be listed in order or can't be signed for.
     *
     * @throws InvalidRequestException with the reason
     */
    static void requireUsable(String bucket) {
        String shown = "s3://" + Displays.escaped(bucket);
        if (bucket.endsWith("--x-s3") || bucket.endsWith("--xa-s3")) {
            throw new InvalidRequestException(shown + " is a directory bucket: it lists in no order, so it can't be"
                    + " compared; use a general purpose bucket");
        }
        if (!bucket.startsWith("arn:")) {
            return;
        }
        if (bucket.endsWith(":accesspoint")) {
            throw new InvalidRequestException(
                    shown + ": write an access point's ARN with a colon before its name, …:accesspoint:name");
        }
        if (regionOf(bucket).orElse("").isEmpty()) {
            throw new InvalidRequestException(
                    shown + " is a multi-region access point, which can't be listed here; name a bucket behind it");
        }
    }
}
