package dev.replicator.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.RunOptions.Reach;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ScopeOptionsTest {
    @Command
    private static final class Scoped {
        @Mixin
        private ScopeOptions scope = new ScopeOptions();
    }

    @ParameterizedTest
    @CsvSource({
        "'', JOB",
        "--path=public/, PART",
        "--include=*.css, PART",
        "--exclude=*.map, PART",
        "--transfers=2, JOB"
    })
    void whatNarrowsARunMakesItOneOfAPart(String words, Reach expected) {
        Scoped command = new Scoped();
        new CommandLine(command).parseArgs(words.isEmpty() ? new String[0] : words.split(" "));

        assertThat(List.of(command.scope.reach())).containsExactly(expected);
    }
}
