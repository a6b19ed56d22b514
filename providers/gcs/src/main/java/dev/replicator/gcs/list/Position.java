package dev.replicator.gcs.list;

import dev.replicator.store.remote.NotProven;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where a listing stands: the last key shown, the token of the next page, and the offset that the tokens began with,
 * which goes with each of them. Changes only when a page is proven. Not thread-safe.
 */
final class Position {
    /** Pages without a key in a row before a listing is taken to be endless. */
    static final int MAX_EMPTY_PAGES = 100;

    private final Set<String> emptyTokens = new HashSet<>();
    private byte[] offset;
    private byte[] floor;
    private Optional<String> token = Optional.empty();
    private boolean moved;
    private boolean done;

    /** @param offset every key of the answer is at or above it; empty for none */
    Position(byte[] offset) {
        this.offset = offset.clone();
        floor = this.offset;
    }

    /** What is sent as startOffset. */
    byte[] offset() {
        return offset;
    }

    /** Every key to come is above these bytes, or {@link #mayEqualFloor may} equal them. */
    byte[] floor() {
        return floor;
    }

    /** Whether nothing was shown since the offset was set: the service shows a key that equals it, on whatever page. */
    boolean mayEqualFloor() {
        return offset.length > 0 && !moved;
    }

    Optional<String> token() {
        return token;
    }

    boolean isDone() {
        return done;
    }

    /** Makes the next request start at the last key instead of a token, which may have expired. */
    void forgetToken() {
        if (Offsets.isExact(floor)) {
            token = Optional.empty();
            offset = floor;
            moved = false;
        }
    }

    void finish() {
        done = true;
        token = Optional.empty();
    }

    /** The page is proven; the next one has {@code next}. */
    void advance(byte[] lastKey, int lastLength, int entries, String next) throws NotProven {
        if ((token.isPresent() && token.get().equals(next)) || !emptyTokens.add(next)) {
            throw new NotProven("the page token repeats");
        }
        if (entries > 0) {
            emptyTokens.clear();
            floor = Arrays.copyOf(lastKey, lastLength);
            moved = true;
        } else if (emptyTokens.size() > MAX_EMPTY_PAGES) {
            throw new NotProven("over " + MAX_EMPTY_PAGES + " pages in a row without a key");
        }
        token = Optional.of(next);
    }
}
