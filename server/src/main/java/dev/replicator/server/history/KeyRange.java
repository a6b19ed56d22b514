package dev.replicator.server.history;

import java.util.Arrays;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/**
 * Keys between two bounds, by bytes.
 *
 * @param from inclusive; with {@code number} only its objects after that number
 * @param below exclusive; absent: to the end
 */
record KeyRange(byte[] from, Optional<Long> number, Optional<byte[]> below) {
    /** All keys that begin so. */
    static KeyRange under(byte[] prefix) {
        return new KeyRange(prefix, Optional.empty(), successor(prefix));
    }

    /** The first bytes behind all that begin so; absent where nothing can be behind. */
    static Optional<byte[]> successor(byte[] prefix) {
        for (int last = prefix.length - 1; last >= 0; last--) {
            if (prefix[last] != (byte) 0xff) {
                byte[] next = Arrays.copyOf(prefix, last + 1);
                next[last]++;
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    /** What of it is behind that object. */
    KeyRange after(byte[] key, long objectNumber) {
        return Arrays.compareUnsigned(key, from) < 0 ? this : new KeyRange(key, Optional.of(objectNumber), below);
    }

    /** What of it is at these bytes or behind. */
    KeyRange at(byte[] key) {
        return Arrays.compareUnsigned(key, from) < 0 ? this : new KeyRange(key, Optional.empty(), below);
    }

    String condition() {
        String lower = number.isPresent() ? " and (object, number) > (:from, :number)" : " and object >= :from";
        return lower + (below.isPresent() ? " and object < :below" : "");
    }

    Query bind(Query query) {
        query.bind("from", from);
        number.ifPresent(value -> query.bind("number", value));
        below.ifPresent(value -> query.bind("below", value));
        return query;
    }
}
