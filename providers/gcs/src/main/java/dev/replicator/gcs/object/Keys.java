package dev.replicator.gcs.object;

import dev.replicator.gcs.client.Call;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.ObjectKey;
import java.util.Optional;

/**
 * Which keys a bucket can hold: UTF-8 of at most 1,024 bytes, without line breaks, not {@code .} or {@code ..}, not under
 * {@code .well-known/acme-challenge/} (Cloud Storage, "About objects: naming considerations").
 */
public final class Keys {
    private static final int LONGEST = 1_024;
    private static final String RESERVED = ".well-known/acme-challenge/";

    private Keys() {}

    /** Why no bucket can hold the key; empty when one can. */
    public static Optional<String> refusal(ObjectKey key) {
        if (!key.isUtf8()) {
            return Optional.of("it is not UTF-8");
        }
        if (key.length() > LONGEST) {
            return Optional.of("it is longer than " + LONGEST + " bytes");
        }
        String text = key.text();
        if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
            return Optional.of("it has a line break");
        }
        if (text.equals(".") || text.equals("..")) {
            return Optional.of("it is a dot or two");
        }
        return text.startsWith(RESERVED) ? Optional.of(RESERVED + " is reserved") : Optional.empty();
    }

    /** The key as requests name it; empty when no bucket can hold it. */
    static Optional<String> text(ObjectKey key) {
        return refusal(key).isEmpty() ? Optional.of(key.text()) : Optional.empty();
    }

    /** Whether no bucket can hold the key. */
    public static boolean isImpossible(ObjectKey key) {
        return refusal(key).isPresent();
    }

    /** The key as requests name it, or an error that says why there is none. */
    public static String required(Call call, ObjectKey key) {
        refusal(key).ifPresent(why -> {
            throw new InvalidRequestException(
                    InvalidRequestException.Why.UNSAFE_KEY, call + ": Cloud Storage can't hold this key: " + why);
        });
        return key.text();
    }
}
