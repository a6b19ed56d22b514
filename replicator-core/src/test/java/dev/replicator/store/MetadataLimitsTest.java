package dev.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.MetadataLoss.Kind;
import dev.replicator.store.MetadataRules.Fitted;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A table of what stores of given limits hold. */
class MetadataLimitsTest {
    /** As Google Cloud Storage's documentation has it: 8 KiB of custom metadata, no tags, decompressive transcoding. */
    private static final MetadataLimits GOOGLE =
            MetadataLimits.NONE.withMostUserBytes(8_192).withMostTags(0).withTranscoding(true);

    private static ObjectMetadata user(Map<String, String> entries) {
        return ObjectMetadata.NONE.withUser(entries);
    }

    private static List<String> losses(Fitted fitted) {
        return fitted.losses().stream()
                .map(loss -> loss.kind() + " " + loss.field())
                .toList();
    }

    @Test
    void withoutLimitsAllIsKeptAsItIs() {
        ObjectMetadata wanted = user(Map.of("Custom:aclPolicy", "ü".repeat(9_000)))
                .withContentType("text/ü")
                .withTags(Map.of("a", "x".repeat(999)));

        Fitted fitted = MetadataLimits.NONE.fit(wanted);

        assertThat(fitted.kept()).isEqualTo(wanted);
        assertThat(fitted.losses()).isEmpty();
    }

    @Test
    void googleHasNoTagsButKeepsTheVisibilityOfTheFirstUsers() {
        ObjectMetadata wanted = user(Map.of("custom:aclPolicy", "{\"visibility\":\"public\"}"))
                .withTags(Map.of("team", "media", "app", "shop"));

        Fitted fitted = GOOGLE.fit(wanted);

        assertThat(fitted.kept()).isEqualTo(wanted.withTags(Map.of()));
        assertThat(losses(fitted)).containsExactly("TAGS app", "TAGS team");
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, '', true",
        "'gzip, br', max-age=60, true",
        "gzip, 'public, no-transform', false",
        "br, '', false",
        "'', '', false"
    })
    void googleUnpacksGzipUnlessTheObjectForbidsIt(String encoding, String caching, boolean told) {
        Map<String, String> headers = new HashMap<>();
        headers.put("content-encoding", encoding);
        headers.put("cache-control", caching);
        headers.values().removeIf(String::isEmpty);
        ObjectMetadata wanted = ObjectMetadata.NONE.withHeaders(headers);

        Fitted fitted = GOOGLE.fit(wanted);

        assertThat(fitted.kept()).isEqualTo(wanted);
        assertThat(losses(fitted)).isEqualTo(told ? List.of("TRANSCODING content-encoding") : List.of());
    }

    @ParameterizedTest
    @EnumSource
    void traitsGoNowhereUnlessTheDestinationIsToldThemAnyway(ServiceTrait trait) {
        Map<ServiceTrait, String> traits = new EnumMap<>(Map.of(trait, "value"));

        Fitted fitted = MetadataLimits.NONE.fit(ObjectMetadata.NONE.withTraits(traits));
        Fitted settled = MetadataLimits.NONE.withSettled(Set.of(trait)).fit(ObjectMetadata.NONE.withTraits(traits));

        assertThat(fitted.kept()).isEqualTo(ObjectMetadata.NONE);
        assertThat(losses(fitted)).containsExactly(trait.loss() + " " + trait.word());
        assertThat(settled.losses()).isEmpty();
    }

    @Test
    void aHeaderThatNoHeaderLineCanCarryIsLeftBehind() {
        ObjectMetadata wanted = ObjectMetadata.NONE.withHeaders(Map.of(
                "content-disposition",
                "attachment; filename=\"größe.pdf\"",
                "content-language",
                "de\nx",
                "expires",
                "0"));

        Fitted fitted =
                MetadataLimits.NONE.withHeaders(MetadataLimits.Text.HEADER).fit(wanted);

        assertThat(fitted.kept().headers()).isEqualTo(Map.of("expires", "0"));
        assertThat(losses(fitted))
                .containsExactly("VALUE_ENCODING content-disposition", "VALUE_ENCODING content-language");
    }

    @ParameterizedTest
    @CsvSource({"99, true", "100, true", "101, false"})
    void sizesAreOfNamesAndValuesInBytesOfUtf8(int size, boolean fits) {
        ObjectMetadata wanted = user(Map.of("ü", "x".repeat(size - 2)));

        Fitted fitted = MetadataLimits.NONE.withMostUserBytes(100).fit(wanted);

        assertThat(fitted.losses().isEmpty()).isEqualTo(fits);
        assertThat(fitted.kept().user().isEmpty()).isEqualTo(!fits);
    }

    @Test
    void theLargestEntriesAreLeftBehindOneByOne() {
        Map<String, String> entries = new HashMap<>();
        IntStream.range(1, 60).forEach(i -> entries.put("k%02d".formatted(i), "x".repeat(i)));

        Fitted fitted = MetadataLimits.NONE.withMostUserBytes(1_705).fit(user(entries));

        assertThat(losses(fitted)).containsExactly("TOO_LARGE k59", "TOO_LARGE k58", "TOO_LARGE k57", "TOO_LARGE k56");
        assertThat(fitted.kept().user()).hasSize(55);
    }

    @Test
    void whatCountsIsWhatGoesOverTheWire() {
        MetadataLimits doubling = MetadataLimits.NONE.withMostUserBytes(10).withWire(entries -> {
            Map<String, String> wire = new HashMap<>();
            entries.forEach((name, value) -> wire.put(name, value + value));
            return wire;
        });

        assertThat(doubling.fit(user(Map.of("a", "1234"))).losses()).isEmpty();
        assertThat(losses(doubling.fit(user(Map.of("a", "12345"))))).containsExactly("TOO_LARGE a");
    }

    @ParameterizedTest
    @CsvSource({"128, 256, true", "129, 1, false", "1, 257, false"})
    void tagsHaveTheirOwnSizes(int name, int value, boolean fits) {
        Map<String, String> tags = Map.of("n".repeat(name), "v".repeat(value));

        Fitted fitted = MetadataLimits.NONE.withMostTags(10).fit(ObjectMetadata.NONE.withTags(tags));

        assertThat(fitted.losses().isEmpty()).isEqualTo(fits);
    }

    @Test
    void theFirstTagsByNameStay() {
        Map<String, String> tags = new HashMap<>();
        IntStream.range(0, 12).forEach(i -> tags.put("t%02d".formatted(i), "v"));

        Fitted fitted = MetadataLimits.NONE.withMostTags(10).fit(ObjectMetadata.NONE.withTags(tags));

        assertThat(losses(fitted)).containsExactly("TAGS t10", "TAGS t11");
    }

    @Test
    void aStoreWithoutMetadataKeepsAContentTypeAndNamesTheRest() {
        ObjectMetadata wanted =
                user(Map.of("a", "1")).withHeaders(Map.of("content-type", "text/plain", "cache-control", "no-store"));

        Fitted fitted = MetadataLimits.NONE.withMetadata(false).fit(wanted);

        assertThat(fitted.kept()).isEqualTo(ObjectMetadata.ofContentType("text/plain"));
        assertThat(losses(fitted)).containsExactly("NOT_KEPT cache-control", "NOT_KEPT a");
    }

    @Property(tries = 300)
    void keepsOrNamesEveryEntryAndNeverMoreThanFits(
            @ForAll @Size(max = 30) Map<String, String> entries, @ForAll @IntRange(max = 400) int most) {
        Fitted fitted = MetadataLimits.NONE.withMostUserBytes(most).fit(user(entries));

        assertThat(entries.entrySet()).containsAll(fitted.kept().user().entrySet());
        assertThat(fitted.losses().stream().map(MetadataLoss::field))
                .noneMatch(fitted.kept().user()::containsKey)
                .hasSize(entries.size() - fitted.kept().user().size());
        assertThat(fitted.losses()).allMatch(loss -> loss.kind() == Kind.TOO_LARGE);
        assertThat(MetadataLimits.NONE
                        .withMostUserBytes(most)
                        .fit(fitted.kept())
                        .losses())
                .isEqualTo(Collections.emptyList());
    }
}
