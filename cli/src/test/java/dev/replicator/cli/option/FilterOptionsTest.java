package dev.replicator.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.cli.exit.CliException;
import dev.replicator.job.KeyFilter;
import dev.replicator.store.ObjectKey;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class FilterOptionsTest {
    @Command
    private static final class Filtered {
        @Mixin
        private FilterOptions filter = new FilterOptions();
    }

    private static FilterOptions parsed(List<String> words) {
        Filtered command = new Filtered();
        new CommandLine(command).parseArgs(words.toArray(String[]::new));
        return command.filter;
    }

    private static FilterOptions parsed(String... words) {
        return parsed(List.of(words));
    }

    @Test
    void keepsTheOrderOfTheCommandLine() {
        KeyFilter filter = parsed("--include", "a/keep.txt", "--exclude=a/", "--include", "**")
                .narrow(KeyFilter.ALL);

        assertThat(filter.rules())
                .containsExactly(
                        new KeyFilter.Rule(true, "a/keep.txt"),
                        new KeyFilter.Rule(false, "a/"),
                        new KeyFilter.Rule(true, "**"));
    }

    @Test
    void withoutOptionsTheJobsOwnFilterStays() {
        KeyFilter own = KeyFilter.of(List.of("img/**"), List.of("tmp/**"));

        assertThat(parsed().narrow(own)).isSameAs(own);
    }

    @Test
    void anIncludeBesideExcludesOfTheJobMeansOnlyThese() {
        KeyFilter both = parsed("--include", "*.css").narrow(KeyFilter.of(List.of(), List.of("tmp/")));

        assertThat(both.includes(ObjectKey.of("a.css"))).isTrue();
        assertThat(both.includes(ObjectKey.of("a.js"))).isFalse();
        assertThat(both.includes(ObjectKey.of("tmp/a.css"))).isFalse();
    }

    @Test
    void refusesIncludesBesideIncludes() {
        FilterOptions options = parsed("--include", "*.css");
        KeyFilter own = KeyFilter.of(List.of("img/**"), List.of());

        assertThatThrownBy(() -> options.narrow(own))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("--exclude");
    }

    @Property
    void whatPassesHasPassedBoth(
            @ForAll("ruleLists") List<KeyFilter.Rule> ownRules,
            @ForAll("ruleLists") List<KeyFilter.Rule> givenRules,
            @ForAll("keys") String key) {
        KeyFilter own = KeyFilter.of(ownRules);
        KeyFilter given = KeyFilter.of(givenRules);
        List<String> words = givenRules.stream()
                .map(rule -> (rule.include() ? "--include=" : "--exclude=") + rule.pattern())
                .toList();
        KeyFilter both;
        try {
            both = parsed(words).narrow(own);
        } catch (CliException refused) {
            return;
        }

        ObjectKey object = ObjectKey.of(key);
        assertThat(both.includes(object)).isEqualTo(own.includes(object) && given.includes(object));
    }

    @Provide
    Arbitrary<List<KeyFilter.Rule>> ruleLists() {
        Arbitrary<String> patterns = Arbitraries.of("a", "a/", "*.b", "/b", "**", "a/*", "b/**");
        return Arbitraries.of(true, false)
                .flatMap(include -> patterns.map(pattern -> new KeyFilter.Rule(include, pattern)))
                .list()
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of("a", "b", "a/a", "a/b", "b/a", "a.b", "a/c.b", "b/c/d", "c");
    }
}
