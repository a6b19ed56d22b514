package dev.replicator.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionsTest {
    private static final List<String> KNOWN =
            List.of("source", "destination", "max-objects", "max-percent", "uri", "links", "min-interval");

    @ParameterizedTest
    @CsvSource({
        "sourcee, source",
        "soruce, source",
        "SOURCE, source",
        "target, destination",
        "dest, destination",
        "src, source",
        "maxObjects, max-objects",
        "max_percent, max-percent",
        "url, uri",
        "link, links",
        "min-intervall, min-interval",
    })
    void findsWhatIsMeant(String word, String meant) {
        assertThat(Suggestions.nearest(word, KNOWN)).contains(meant);
        assertThat(Suggestions.question(word, KNOWN)).isEqualTo("; did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "retention", "objects", "sourcesourcesource"})
    void staysSilentWhereNothingIsNear(String word) {
        assertThat(Suggestions.nearest(word, KNOWN)).isEmpty();
        assertThat(Suggestions.question(word, KNOWN)).isEmpty();
    }

    @Test
    void aSynonymCountsOnlyWhereItsWordIsKnown() {
        assertThat(Suggestions.nearest("target", List.of("source"))).isEmpty();
    }

    @Test
    void aHugeWordIsNotCompared() {
        assertThat(Suggestions.nearest("x".repeat(10_000_000), List.of("x".repeat(10_000_000))))
                .isEmpty();
    }

    @Property
    void distanceIsAMeasure(
            @ForAll @AlphaChars @StringLength(max = 8) String one,
            @ForAll @AlphaChars @StringLength(max = 8) String other) {
        int distance = Suggestions.distance(one, other);

        assertThat(distance)
                .isEqualTo(Suggestions.distance(other, one))
                .isBetween(Math.abs(one.length() - other.length()), Math.max(one.length(), other.length()));
        assertThat(distance == 0).isEqualTo(one.equals(other));
    }

    @Property
    void oneSlipIsOneStep(@ForAll @AlphaChars @StringLength(min = 2, max = 12) String word, @ForAll int seed) {
        int at = Math.floorMod(seed, word.length() - 1);
        String left = word.substring(0, at) + word.substring(at + 1);
        String swapped = word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
        String put = word.substring(0, at) + "-" + word.substring(at);

        assertThat(Suggestions.distance(word, left)).isEqualTo(1);
        assertThat(Suggestions.distance(word, put)).isEqualTo(1);
        assertThat(Suggestions.distance(word, swapped)).isLessThanOrEqualTo(1);
    }
}
