package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.ObjectKey;
import java.util.Optional;

/** Which keys S3 can hold: UTF-8 of at most 1,024 bytes (S3 user guide, "Naming Amazon S3 objects"). */
public final class Keys {
    private static final int LONGEST = 1_024;

    private Keys() {}

    /** The key as requests name it; empty when S3 can't hold it. */
    static Optional<String> text(ObjectKey key) {
        return key.length() <= LONGEST && key.isUtf8() ? Optional.of(key.text()) : Optional.empty();
    }

    /** Why no bucket can hold the key; empty when one can. */
    public static Optional<String> refusal(ObjectKey key) {
        if (!key.isUtf8()) {
            return Optional.of("it is not UTF-8");
        }
        return key.length() > LONGEST ? Optional.of("it is longer than " + LONGEST + " bytes") : Optional.empty();
    }

    /** Whether no bucket can hold the key. */
    public static boolean isImpossible(ObjectKey key) {
        return text(key).isEmpty();
    }

    /** The key as requests name it, or an error that says why there is none. */
    static String required(Call call, ObjectKey key) {
        return text(key)
                .orElseThrow(() -> new InvalidRequestException(
                        InvalidRequestException.Why.UNSAFE_KEY,
                        call + ": S3 can't hold this key: " + refusal(key).orElse("")));
    }
}
