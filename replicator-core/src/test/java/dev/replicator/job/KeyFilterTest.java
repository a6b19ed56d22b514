package dev.replicator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.replicator.store.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilterTest {
    private static boolean matches(String pattern, String key) {
        return KeyFilter.of(List.of(new KeyFilter.Rule(true, pattern))).includes(ObjectKey.of(key));
    }

    @ParameterizedTest(name = "{0} ~ {1}: {2}")
    @CsvSource({
        // one segment, at the root or behind any slash
        "*.tmp, a.tmp, true",
        "*.tmp, x/y/a.tmp, true",
        "*.tmp, a.tmp/b, true",
        "*.tmp, a.tmpl, false",
        "*.tmp, .tmp, true",
        "a, a, true",
        "a, b/a, true",
        "a, ab, false",
        "a, ba, false",
        "a, b/a/c, true",
        // anchored
        "/a, a, true",
        "/a, a/b, true",
        "/a, b/a, false",
        "/*.jpg, a.jpg, true",
        "/*.jpg, x/a.jpg, false",
        // stars and slashes
        "a/*, a/b, true",
        "a/*, a/b/c, true",
        "a/*/c, a/b/c, true",
        "a/*/c, a/b/b/c, false",
        "a/**, a/b/c, true",
        "a/**, a, false",
        "/a/**/c, a/c, true",
        "/a/**/c, a/b/c, true",
        "/a/**/c, a/b/b/c, true",
        "/a/**/c, a/xc, false",
        "a**c, a/b/c, true",
        "a**c, abc, true",
        "/**, a/b, true",
        "**, a, true",
        "/**/a, a, true",
        "/**/a, x/y/a, true",
        "/**/a, xa, false",
        "***, a/b, true",
        // one character
        "a?c, abc, true",
        "a?c, a/c, false",
        "a?c, ac, false",
        "a?c, a😀c, true",
        // classes
        "[a-c]x, bx, true",
        "[a-c]x, dx, false",
        "[!a-c]x, dx, true",
        "[^a-c]x, bx, false",
        "a[!b]c, a/c, false",
        "a[/]c, a/c, false",
        "[]]x, ]x, true",
        "[!]]x, ax, true",
        "[a-]x, -x, true",
        "[-a]x, -x, true",
        "[*?]x, ?x, true",
        "[*?]x, ax, false",
        "[\\]]x, ]x, true",
        "[a\\-c]x, -x, true",
        "[a\\-c]x, bx, false",
        // folders
        "node_modules/, node_modules/x, true",
        "node_modules/, a/node_modules/x/y, true",
        "node_modules/, node_modules, false",
        "node_modules/, node_modules/, true",
        "node_modules/, my_node_modules/x, false",
        "/build/, build/x, true",
        "/build/, a/build/x, false",
        // escapes
        "\\*, *, true",
        "\\*, a, false",
        "a\\?, a?, true",
        "\\[a], [a], true",
        "a\\\\b, a\\b, true",
        "a\\\\/, a\\/b, true",
        "a\\\\/, a\\, false",
        "a\\/b, a/b, true",
        "a\\/, a/, true",
        "a\\/, a, false",
        // what is not special
        "{a}, {a}, true",
        "a.b, axb, false",
        "(a|b)+, a, false",
    })
    void patternsMatchInTheMannerOfRsync(String pattern, String key, boolean expected) {
        assertThat(matches(pattern, key)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a\\", "[", "[a", "a[]", "[!", "[!]", "a/[b", "[z-a]", "[a\\"})
    void aMalformedPatternIsRefused(String pattern) {
        assertThatThrownBy(() -> KeyFilter.of(List.of(new KeyFilter.Rule(false, pattern))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("filter pattern");
    }

    @Property(tries = 5_000)
    void patternsMatchAsTheNaiveMatcherSays(
            @ForAll @From("patterns") String pattern, @ForAll @From("keys") String key) {
        assertThat(matches(pattern, key)).isEqualTo(NaiveGlob.matches(pattern, key));
    }

    @Property(tries = 2_000)
    void theFirstMatchingRuleDecides(
            @ForAll @From("rules") List<KeyFilter.Rule> rules, @ForAll @From("keys") String key) {
        boolean expected = rules.isEmpty() || rules.stream().anyMatch(rule -> !rule.include());
        for (KeyFilter.Rule rule : rules) {
            if (NaiveGlob.matches(rule.pattern(), key)) {
                expected = rule.include();
                break;
            }
        }

        KeyFilter filter = KeyFilter.of(rules);

        assertThat(filter.includes(ObjectKey.of(key))).isEqualTo(expected);
        byte[] padded = ("/a" + key + "a/").getBytes(StandardCharsets.UTF_8);
        assertThat(filter.includes(padded, 2, padded.length - 2)).isEqualTo(expected);
        assertThat(filter.rules()).isEqualTo(rules);
    }

    @Property
    void theFilesTwoListsReadExcludesFirst(
            @ForAll @From("patternLists") List<String> include,
            @ForAll @From("patternLists") List<String> exclude,
            @ForAll @From("keys") String key) {
        boolean excluded = exclude.stream().anyMatch(pattern -> NaiveGlob.matches(pattern, key));
        boolean wanted = include.isEmpty() || include.stream().anyMatch(pattern -> NaiveGlob.matches(pattern, key));

        assertThat(KeyFilter.of(include, exclude).includes(ObjectKey.of(key))).isEqualTo(wanted && !excluded);
    }

    @Test
    void aKeyThatNoRuleMatchesIsIncludedUnlessAllRulesAreIncludes() {
        assertThat(KeyFilter.ALL.includes(ObjectKey.of("a"))).isTrue();
        assertThat(KeyFilter.of(List.of("*.jpg"), List.of()).includes(ObjectKey.of("a.png")))
                .isFalse();
        assertThat(KeyFilter.of(List.of(), List.of("*.jpg")).includes(ObjectKey.of("a.png")))
                .isTrue();
        assertThat(KeyFilter.of(List.of("*.jpg"), List.of("x/")).includes(ObjectKey.of("a.png")))
                .isFalse();
    }

    @Test
    void aKeyThatIsNoUtf8CanBeMatched() {
        byte[] key = {'a', '/', (byte) 0xFF, '.', 't', 'm', 'p'};

        assertThat(KeyFilter.of(List.of(), List.of("*.tmp")).includes(key, 0, key.length))
                .isFalse();
    }

    @Test
    void noPatternIsSlowOnAHostileKey() {
        KeyFilter filter =
                KeyFilter.of(List.of(), List.of("**a".repeat(200) + "**b", "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b"));
        ObjectKey key = ObjectKey.of("a".repeat(1_024));

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 20; i++) {
                assertThat(filter.includes(key)).isTrue();
            }
        });
    }

    @Property(tries = 30)
    void threadsThatShareAFilterSeeTheSame(
            @ForAll @From("patternLists") List<String> exclude, @ForAll @From("keyLists") List<String> keys) {
        KeyFilter filter = KeyFilter.of(List.of(), exclude);
        List<Boolean> expected = keys.stream()
                .map(key -> exclude.stream().noneMatch(pattern -> NaiveGlob.matches(pattern, key)))
                .toList();

        List<Boolean> found = IntStream.range(0, 20 * keys.size())
                .parallel()
                .mapToObj(i -> filter.includes(ObjectKey.of(keys.get(i % keys.size()))))
                .toList();

        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i)).isEqualTo(expected.get(i % keys.size()));
        }
    }

    @Test
    void aPatternWithVeryManyStatesStillMatches() {
        String pattern = "*a" + "?".repeat(16) + "b";
        KeyFilter filter = KeyFilter.of(List.of(), List.of(pattern));
        Random random = new Random(7);

        for (int i = 0; i < 2_000; i++) {
            String key = random.ints(60, 0, 3)
                    .mapToObj(c -> List.of("a", "b", "é").get(c))
                    .collect(Collectors.joining());
            assertThat(filter.includes(ObjectKey.of(key))).isEqualTo(!key.matches(".*a.{16}b"));
        }
    }

    @Test
    void aLongPatternMatchesAsAShortOneDoes() {
        String folders = "abcdefghi/".repeat(20);

        assertThat(matches("/" + folders + "*.jpg", folders + "x.jpg")).isTrue();
        assertThat(matches("/" + folders + "*.jpg", folders + "x.png")).isFalse();
        assertThat(matches("/" + folders, folders + "x.png")).isTrue();
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of("a", "b", "ab", "/", "/", ".", "😀", "*", "[", "\\")
                .list()
                .ofMinSize(1)
                .ofMaxSize(9)
                .map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<List<String>> keyLists() {
        return keys().list().ofMinSize(1).ofMaxSize(30);
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of(
                        "a", "b", "ab", "/", "/", "*", "**", "**/", "/**/", "?", "[ab]", "[!a]", "[a-b😀]", "\\*",
                        "\\\\", "\\/", "😀")
                .list()
                .ofMinSize(1)
                .ofMaxSize(7)
                .map(pieces -> String.join("", pieces))
                .filter(pattern -> !pattern.equals("/"));
    }

    @Provide
    Arbitrary<List<String>> patternLists() {
        return patterns().list().ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<KeyFilter.Rule>> rules() {
        return patterns()
                .list()
                .ofMaxSize(4)
                .flatMap(patterns -> Arbitraries.of(true, false)
                        .list()
                        .ofSize(patterns.size())
                        .map(includes -> {
                            List<KeyFilter.Rule> rules = new ArrayList<>();
                            for (int i = 0; i < patterns.size(); i++) {
                                rules.add(new KeyFilter.Rule(includes.get(i), patterns.get(i)));
                            }
                            return rules;
                        }));
    }
}
