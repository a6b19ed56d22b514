package dev.replicator.gcs.list;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.replicator.store.ObjectMetadata;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** One value read by itself is the one that all of the metadata have. */
class ShownMetadataTest {
    private static final List<String> NAMES = List.of(
            ObjectMetadata.SOURCE_VERSION,
            ObjectMetadata.MTIME,
            "replicator-source-version-2",
            "x-replicator-source-version",
            "colour",
            "contentType",
            "\"" + ObjectMetadata.SOURCE_VERSION + "\"");

    @Provide
    Arbitrary<Map<String, String>> users() {
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.of(NAMES),
                Arbitraries.of(
                        "",
                        "1731000000123456",
                        "\"etag\"",
                        "a\\b",
                        ":",
                        "\":\"",
                        "é😀",
                        "a\nb",
                        "replicator-mtime\":\"x"),
                Arbitraries.strings()
                        .ofMaxLength(20)
                        .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c))));
        return Arbitraries.maps(Arbitraries.of(NAMES), values).ofMaxSize(5);
    }

    @Property(tries = 1_000)
    void aValueIsTheOneThatTheMetadataHave(
            @ForAll("users") Map<String, String> user, @ForAll boolean spaced, @ForAll boolean afterAnother) {
        Gson gson = spaced ? new GsonBuilder().setPrettyPrinting().create() : new Gson();
        String written = gson.toJson(Map.of("metadata", user));
        byte[] members = written.substring(1, written.length() - 1).getBytes(StandardCharsets.UTF_8);
        ShownMetadata shown = new ShownMetadata(1);
        if (afterAnother) {
            byte[] other = "\"metadata\":{\"replicator-mtime\":\"of another\"}".getBytes(StandardCharsets.UTF_8);
            shown.add(other, 0, other.length);
        }
        shown.add(members, 0, members.length);
        int entry = afterAnother ? 1 : 0;

        for (String name : NAMES) {
            Optional<String> expected = shown.of(entry)
                    .flatMap(all -> Optional.ofNullable(all.user().get(name)));
            assertThat(shown.user(entry, name)).as(name + " of " + written).isEqualTo(expected);
        }
    }

    @Example
    void anEntryThatShowsNothingHasNoValue() {
        ShownMetadata shown = new ShownMetadata(1);
        shown.add(new byte[0], 0, 0);

        assertThat(shown.user(0, ObjectMetadata.SOURCE_VERSION)).isEmpty();
    }
}
