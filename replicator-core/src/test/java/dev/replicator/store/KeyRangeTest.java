package dev.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

class KeyRangeTest {
    @Property(tries = 3_000)
    @Domain(KeyArbitraries.class)
    void aRangeHoldsWhatIsAfterItsLowAndNotAfterItsHighBound(@ForAll KeyRange range, @ForAll ObjectKey key) {
        boolean above = range.lo()
                .map(lo -> KeyArbitraries.naiveOrder(key.text(), lo.text()) > 0)
                .orElse(true);
        boolean below = range.hi()
                .map(hi -> KeyArbitraries.naiveOrder(key.text(), hi.text()) <= 0)
                .orElse(true);

        assertThat(range.contains(key)).isEqualTo(above && below);
        assertThat(range.endsBefore(KeyArbitraries.padded(key), 2, 2 + key.length()))
                .isEqualTo(!below);
    }

    @Property(tries = 3_000)
    @Domain(KeyArbitraries.class)
    void noKeyFallsBetweenTheTwoPartsOfACut(@ForAll KeyRange range, @ForAll ObjectKey cut, @ForAll ObjectKey key) {
        Assume.that(range.contains(cut));

        KeyRange first = new KeyRange(range.lo(), Optional.of(cut));
        KeyRange second = range.resumedAfter(cut);

        assertThat(first.contains(key) ^ second.contains(key)).isEqualTo(range.contains(key));
        assertThat(first.contains(key) && second.contains(key)).isFalse();
    }

    @Property
    @Domain(KeyArbitraries.class)
    void aRangeBehindAPrefixHoldsTheSameKeys(@ForAll KeyRange range, @ForAll KeyPrefix prefix, @ForAll ObjectKey key) {
        assertThat(range.prependedBy(prefix).contains(key.prependedBy(prefix))).isEqualTo(range.contains(key));
    }

    @Test
    void aRangeWithEqualBoundsIsEmpty() {
        ObjectKey key = ObjectKey.of("a");

        assertThat(KeyRange.of(key, key).contains(key)).isFalse();
        assertThat(KeyRange.upTo(key).resumedAfter(key).contains(key)).isFalse();
    }

    @Test
    void aReversedRangeIsRefused() {
        assertThatThrownBy(() -> KeyRange.of(ObjectKey.of("b"), ObjectKey.of("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("range (b, a] is reversed");
    }

    @Test
    void everythingIsInTheOpenRange() {
        assertThat(KeyRange.ALL.contains(ObjectKey.of("\u0000"))).isTrue();
        assertThat(KeyRange.ALL.endsBefore(new byte[] {-1}, 0, 1)).isFalse();
    }
}
