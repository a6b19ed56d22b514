package dev.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPrefixTest {
    @ParameterizedTest
    @CsvSource({"'', ''", "logs, logs/", "logs/, logs/", "a//, a//", "/, /", "a b, a b/"})
    void aFolderEndsInASlashOrIsEmpty(String text, String prefix) {
        assertThat(KeyPrefix.ofFolder(text).text()).isEqualTo(prefix);
    }

    @Test
    void aFolderDoesNotCoverItsNeighbour() {
        KeyPrefix logs = KeyPrefix.ofFolder("logs");

        assertThat(logs.covers(KeyPrefix.ofFolder("logs2"))).isFalse();
        assertThat(ObjectKey.of("logs2/a").startsWith(logs)).isFalse();
        assertThat(ObjectKey.of("logs/a").startsWith(logs)).isTrue();
    }

    @Property
    @Domain(KeyArbitraries.class)
    void coveringIsBeingALeadingPart(@ForAll KeyPrefix one, @ForAll KeyPrefix other) {
        assertThat(one.covers(other)).isEqualTo(other.text().startsWith(one.text()));
        assertThat(one.covers(one.append(other))).isTrue();
        assertThat(KeyPrefix.NONE.covers(one)).isTrue();
        assertThat(one.covers(other) && other.covers(one)).isEqualTo(one.equals(other));
    }

    @Property
    @Domain(KeyArbitraries.class)
    void appendingIsConcatenation(@ForAll KeyPrefix one, @ForAll KeyPrefix other) {
        KeyPrefix joined = one.append(other);

        assertThat(joined.text()).isEqualTo(one.text() + other.text());
        assertThat(joined)
                .isEqualTo(KeyPrefix.of(one.text() + other.text()))
                .hasSameHashCodeAs(KeyPrefix.of(joined.text()));
        assertThat(joined.length()).isEqualTo(one.length() + other.length());
        assertThat(joined.isEmpty()).isEqualTo(one.isEmpty() && other.isEmpty());
    }

    @Property
    @Domain(KeyArbitraries.class)
    void aRangeOfBytesIsJudgedWithinItsBounds(@ForAll KeyPrefix prefix, @ForAll ObjectKey key) {
        byte[] padded = KeyArbitraries.padded(key);

        assertThat(prefix.isPrefixOf(padded, 2, 2 + key.length())).isEqualTo(key.startsWith(prefix));
    }

    @Test
    void aPrefixIsShownHarmless() {
        assertThat(KeyPrefix.of("a\u0000\u2028b")).hasToString("a\\u0000\\u2028b");
    }
}
