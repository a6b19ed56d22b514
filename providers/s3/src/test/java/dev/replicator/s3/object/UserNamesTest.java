package dev.replicator.s3.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Every name comes back as it was, and goes as a header can have it. */
class UserNamesTest {
    private static final Map<String, String> VISIBILITY = Map.of("custom:aclPolicy", "{\"visibility\":\"public\"}");

    @Test
    void aPolicyGoesUnderANameThatAHeaderCanHave() {
        assertThat(UserNames.plain(VISIBILITY))
                .isEqualTo(Map.of(
                        "custom-aclpolicy", "{\"visibility\":\"public\"}",
                        "replicator-names", "custom-aclpolicy=custom%3AaclPolicy"));
        assertThat(UserNames.restored(UserNames.plain(VISIBILITY))).isEqualTo(VISIBILITY);
    }

    @Test
    void plainNamesGoAsTheyAreWithoutANote() {
        Map<String, String> plain = Map.of("a", "1", "x_y.z-1", "2", "!#$%&'*+^`|~", "3");

        assertThat(UserNames.plain(plain)).isEqualTo(plain);
        assertThat(UserNames.restored(plain)).isEqualTo(plain);
    }

    @Test
    void namesThatWouldMeetAreKeptApart() {
        Map<String, String> near = Map.of("a:b", "1", "A:B", "2", "a-b", "3", "a-b-2", "4", "replicator:names", "5");

        assertThat(UserNames.plain(near)).hasSize(6).containsEntry("a-b", "3").containsEntry("a-b-2", "4");
        assertThat(UserNames.restored(UserNames.plain(near))).isEqualTo(near);
    }

    /** Another program changed the object's metadata and left our note, or wrote nonsense into it. */
    @Test
    void aNoteThatDoesNotFitIsIgnored() {
        for (String note : new String[] {"", "&", "=", "gone=gone%3A", "a", "a=", "a=%ZZ", "=b", "a=kept"}) {
            assertThat(UserNames.restored(Map.of("a", "1", "kept", "2", "replicator-names", note)))
                    .as(note)
                    .isEqualTo(Map.of("a", "1", "kept", "2"));
        }
    }

    @Provide
    static Arbitrary<Map<String, String>> entries() {
        Arbitrary<String> names = Arbitraries.oneOf(
                Arbitraries.strings().ofMinLength(1).ofMaxLength(8),
                Arbitraries.strings().withChars("abAB:-_.2 /").ofMinLength(1).ofMaxLength(4));
        return Arbitraries.maps(names, Arbitraries.strings().alpha().ofMaxLength(5))
                .ofMaxSize(12);
    }

    @Property(tries = 1_000)
    void anyNamesComeBack(@ForAll("entries") Map<String, String> entries) {
        Map<String, String> encodable = withoutLoneSurrogates(entries);

        Map<String, String> plain = UserNames.plain(encodable);

        assertThat(plain.keySet()).allMatch(name -> name.matches("[!#$%&'*+.^_`|~0-9a-z-]+"));
        assertThat(plain.values()).allMatch(value -> value.chars().allMatch(c -> c >= 0x20 && c < 0x7F));
        assertThat(UserNames.restored(plain)).isEqualTo(encodable);
    }

    private static Map<String, String> withoutLoneSurrogates(Map<String, String> entries) {
        Map<String, String> rest = new java.util.HashMap<>(entries);
        rest.remove("");
        rest.keySet().removeIf(name -> name.chars().anyMatch(c -> Character.isSurrogate((char) c)));
        return rest;
    }
}
