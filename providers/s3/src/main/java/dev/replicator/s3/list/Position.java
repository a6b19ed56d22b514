package dev.replicator.s3.list;

import dev.replicator.store.remote.NotProven;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where a listing stands: the last key shown, the token of the next page, what was sent as start-after. Changes only
 * when a page is proven. Not thread-safe.
 */
final class Position {
    /** Truncated pages without a key in a row before a listing is taken to be endless. */
    static final int MAX_EMPTY_PAGES = 100;

    private final Set<String> emptyTokens = new HashSet<>();
    private byte[] floor;
    private Optional<String> token = Optional.empty();
    private boolean moved;
    private boolean done;

    /** @param startAfter every key of the answer is above it; empty for none */
    Position(byte[] startAfter) {
        floor = startAfter.clone();
    }

    /** Every key to come is above these bytes. */
    byte[] floor() {
        return floor;
    }

    Optional<String> token() {
        return token;
    }

    boolean isDone() {
        return done;
    }

    /** Makes the next request start behind the last key instead of a token, which may have expired. */
    void forgetToken() {
        if (moved) {
            token = Optional.empty();
        }
    }

    void finish() {
        done = true;
        token = Optional.empty();
    }

    /** The page is proven; the next one has {@code next}. */
    void advance(byte[] lastKey, int lastLength, int entries, String next) throws NotProven {
        if ((token.isPresent() && token.get().equals(next)) || !emptyTokens.add(next)) {
            throw new NotProven("the continuation token repeats");
        }
        if (entries > 0) {
            emptyTokens.clear();
            emptyTokens.add(next);
            floor = Arrays.copyOf(lastKey, lastLength);
            moved = true;
        } else if (emptyTokens.size() > MAX_EMPTY_PAGES) {
            throw new NotProven("over " + MAX_EMPTY_PAGES + " pages in a row without a key");
        }
        token = Optional.of(next);
    }
}
