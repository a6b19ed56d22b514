package dev.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

class ObjectKeyTest {
    @Property(tries = 3_000)
    @Domain(KeyArbitraries.class)
    void keysOrderByTheirUnsignedBytes(@ForAll ObjectKey one, @ForAll ObjectKey other) {
        int expected = KeyArbitraries.naiveOrder(one.text(), other.text());

        assertThat(Integer.signum(one.compareTo(other))).isEqualTo(expected);
        assertThat(Integer.signum(other.compareTo(one))).isEqualTo(-expected);
        assertThat(one.equals(other)).isEqualTo(expected == 0);
        byte[] padded = KeyArbitraries.padded(other);
        assertThat(Integer.signum(one.compareTo(padded, 2, 2 + other.length()))).isEqualTo(expected);
    }

    @Test
    void anAstralCharacterComesAfterTheReplacementCharacterUnlikeInStrings() {
        ObjectKey replacement = ObjectKey.of("\uFFFD");
        ObjectKey smile = ObjectKey.of("😀");

        assertThat(replacement).isLessThan(smile);
        assertThat("\uFFFD".compareTo("😀")).isPositive();
    }

    @Property
    @Domain(KeyArbitraries.class)
    void aPrefixPutBeforeAKeyComesOffAgain(@ForAll ObjectKey key, @ForAll KeyPrefix prefix) {
        ObjectKey whole = key.prependedBy(prefix);

        assertThat(whole.text()).isEqualTo(prefix.text() + key.text());
        assertThat(whole.startsWith(prefix)).isTrue();
        assertThat(whole.relativeTo(prefix)).isEqualTo(key);
        assertThat(whole.length()).isEqualTo(prefix.length() + key.length());
    }

    @Property
    @Domain(KeyArbitraries.class)
    void startsWithIsWhatItIsForTexts(@ForAll ObjectKey key, @ForAll KeyPrefix prefix) {
        assertThat(key.startsWith(prefix)).isEqualTo(key.text().startsWith(prefix.text()));
    }

    @Property
    @Domain(KeyArbitraries.class)
    void equalKeysHaveEqualHashes(@ForAll ObjectKey key) {
        ObjectKey same = ObjectKey.ofBytes(KeyArbitraries.padded(key), 2, 2 + key.length());

        assertThat(same).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(ObjectKey.ofBytes(key.bytes())).isEqualTo(key);
        assertThat(ObjectKey.of(key.text())).isEqualTo(key);
    }

    @Test
    void bytesAreCopiedInAndOut() {
        byte[] bytes = {'a', 'b'};
        ObjectKey key = ObjectKey.ofBytes(bytes);

        bytes[0] = 'x';
        key.bytes()[1] = 'x';

        assertThat(key).isEqualTo(ObjectKey.of("ab"));
    }

    @Test
    void aKeyHasAtLeastOneByte() {
        assertThatThrownBy(() -> ObjectKey.of("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ObjectKey.ofBytes(new byte[3], 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ObjectKey.of("a/").relativeTo(KeyPrefix.of("a/")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyOutsideAPrefixIsNotRelativeToIt() {
        assertThatThrownBy(() -> ObjectKey.of("a\u0007/b").relativeTo(KeyPrefix.of("b/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key a\\u0007/b is not under prefix b/");
    }

    @Test
    void anUnpairedSurrogateIsRefused() {
        assertThatThrownBy(() -> ObjectKey.of("a\uD83D"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not encodable as UTF-8: a\\uD83D");
    }

    @Test
    void bytesThatAreNoUtf8AreKeptAndToldApart() {
        ObjectKey broken = ObjectKey.ofBytes(new byte[] {'a', (byte) 0xC3});

        assertThat(broken.isUtf8()).isFalse();
        assertThat(broken.bytes()).containsExactly('a', 0xC3);
        assertThat(broken.text()).isEqualTo("a\uFFFD");
        assertThat(ObjectKey.of("a\uFFFD").isUtf8()).isTrue();
        assertThat(ObjectKey.ofBytes("ü".getBytes(StandardCharsets.UTF_8)).isUtf8())
                .isTrue();
        assertThat(ObjectKey.ofBytes(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80})
                        .isUtf8())
                .isFalse();
        assertThat(ObjectKey.ofBytes(new byte[] {(byte) 0xC0, (byte) 0x80}).isUtf8())
                .isFalse();
    }

    @Test
    void aKeyIsShownHarmless() {
        assertThat(ObjectKey.of("a\n\u001B[2J\u202Eb")).hasToString("a\\u000A\\u001B[2J\\u202Eb");
    }
}
