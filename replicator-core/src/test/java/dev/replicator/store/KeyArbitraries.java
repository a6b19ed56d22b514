package dev.replicator.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Keys with few letters, so that they share prefixes, and with those characters whose order is easily got wrong. */
class KeyArbitraries extends DomainContextBase {
    private static final List<String> PIECES =
            List.of("a", "b", "ab", "/", "//", ".", " ", "\u007F", "é", "\uFFFD", "\uFF21", "😀", "\u0001");

    @Provide
    Arbitrary<ObjectKey> keys() {
        return texts().filter(text -> !text.isEmpty()).map(ObjectKey::of);
    }

    @Provide
    Arbitrary<KeyPrefix> prefixes() {
        return texts().map(KeyPrefix::of);
    }

    @Provide
    Arbitrary<KeyRange> ranges() {
        Arbitrary<KeyRange> closed = keys().tuple2()
                .map(pair -> pair.get1().compareTo(pair.get2()) <= 0
                        ? KeyRange.of(pair.get1(), pair.get2())
                        : KeyRange.of(pair.get2(), pair.get1()));
        return Arbitraries.oneOf(
                closed, keys().map(KeyRange::after), keys().map(KeyRange::upTo), Arbitraries.just(KeyRange.ALL));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.of(PIECES).list().ofMaxSize(6).map(pieces -> String.join("", pieces));
    }

    /** Compares as the services say they do, byte by byte. */
    static int naiveOrder(String one, String other) {
        byte[] left = one.getBytes(StandardCharsets.UTF_8);
        byte[] right = other.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int difference = Byte.toUnsignedInt(left[i]) - Byte.toUnsignedInt(right[i]);
            if (difference != 0) {
                return Integer.signum(difference);
            }
        }
        return Integer.compare(left.length, right.length);
    }

    static byte[] padded(ObjectKey key) {
        byte[] bytes = new byte[key.length() + 5];
        Arrays.fill(bytes, (byte) 'x');
        System.arraycopy(key.bytes(), 0, bytes, 2, key.length());
        return bytes;
    }
}
