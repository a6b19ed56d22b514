package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Console;
import dev.replicator.cli.terminal.Terminals;
import dev.replicator.store.Stores;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HelpTest {
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");

    static CommandLine tree() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        Console console = new Console(nowhere, nowhere, InputStream.nullInputStream(), Terminals.NONE, Map.of());
        return new CommandTree(
                        new Session(HERE, Map.of(), console, Clock.systemUTC(), Stores.onClassPath()),
                        new Logging(HERE))
                .commands();
    }

    static Stream<String> everyCommand() {
        List<String> paths = new ArrayList<>();
        collect(tree(), "", paths);
        return paths.stream();
    }

    private static void collect(CommandLine command, String path, List<String> paths) {
        command.getSubcommands().forEach((name, child) -> {
            paths.add((path + " " + name).strip());
            collect(child, path + " " + name, paths);
        });
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void everyOptionThatHelpNamesExistsAndEveryOptionIsExplained(String path) {
        CommandLine command = tree();
        for (String name : path.split(" ")) {
            command = command.getSubcommands().get(name);
        }
        String help =
                Invocation.in(HERE).run((path + " --help").split(" ")).expect(0).out();

        assertThat(help).startsWith("Usage: replicator " + path);
        for (CommandLine.Model.OptionSpec option : command.getCommandSpec().options()) {
            assertThat(help).contains(option.longestName().replace("--delete", "delete"));
            assertThat(option.description()).as(option.longestName()).isNotEmpty();
        }
        assertThat(optionsIn(help)).allMatch(HelpTest::existsSomewhere);
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void noPercentSignInAHelpTextStandsAlone(String path) {
        CommandLine command = tree();
        for (String name : path.split(" ")) {
            command = command.getSubcommands().get(name);
        }
        CommandLine.Model.UsageMessageSpec usage = command.getCommandSpec().usageMessage();

        Stream.of(usage.header(), usage.description(), usage.footer())
                .flatMap(Stream::of)
                .forEach(line -> assertThatCode(() -> String.format(line)).doesNotThrowAnyException());
    }

    static List<String> optionsIn(String text) {
        return OPTION.matcher(text.replace("--[no-]delete", "--delete"))
                .results()
                .map(match -> match.group())
                .toList();
    }

    static boolean existsSomewhere(String option) {
        return everyCommand().anyMatch(path -> {
            CommandLine command = tree();
            for (String name : path.split(" ")) {
                command = command.getSubcommands().get(name);
            }
            return command.getCommandSpec().findOption(option) != null
                    || command.getCommandSpec().negatedOptionsMap().containsKey(option);
        });
    }

    @Test
    void withoutACommandTheUsageIsShownAndTheCodeIsTwo() {
        assertThat(Invocation.in(HERE).run().expect(2).out())
                .contains("Usage: replicator")
                .contains("demo");
    }

    @Test
    void theVersionIsShown() {
        assertThat(Invocation.in(HERE).run("--version").expect(0).out()).startsWith("replicator ");
    }

    @ParameterizedTest
    @EnumSource
    void theTopicExitCodesHasEveryCode(ExitCode code) {
        assertThat(Invocation.in(HERE).run("help", "exit-codes").expect(0).out())
                .containsPattern("(?m)^ +" + code.number() + "  " + Pattern.quote(code.meaning()) + "$");
    }

    @ParameterizedTest
    @ValueSource(strings = {"environment", "filters", "sync", "config show"})
    void helpExplains(String topic) {
        assertThat(Invocation.in(HERE)
                        .run(("help " + topic).split(" "))
                        .expect(0)
                        .out())
                .isNotBlank();
    }

    @Test
    void anUnknownTopicListsThoseThereAre() {
        assertThat(Invocation.in(HERE).run("help", "cooking").expect(2).err())
                .contains("filters")
                .contains("sync");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sync --bogus a b",
                "sync a b c",
                "sync a b --dry-run --report losses.ndjson",
                "snyc",
                "plan a b --compare sideways",
                "plan --limit x a b",
                "hook --on-failure maybe",
                "completion fish",
                "apply",
                "sync a b -o xml",
                "status --fail-if-stale soon"
            })
    void misuseIsExitTwoWithAWayOut(String line) {
        Invocation.Ended ended = Invocation.in(HERE).run(line.split(" ")).expect(2);

        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).isNotBlank().doesNotContain("Exception").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void completionIsAScript(String shell) {
        assertThat(Invocation.in(HERE).run("completion", shell).expect(0).out())
                .contains("_complete_replicator")
                .contains("--detailed-exitcode")
                .contains("size-and-modified");
    }

    @Test
    void coloursAreSwitchedByFlagAndVariable() {
        Pattern escape = Pattern.compile("\u001b\\[");
        Matcher plain = escape.matcher(Invocation.in(HERE).run("--help").out());
        Matcher forced = escape.matcher(
                Invocation.in(HERE).with("CLICOLOR_FORCE", "1").run("--help").out());
        Matcher refused = escape.matcher(Invocation.in(HERE)
                .with("CLICOLOR_FORCE", "1")
                .with("NO_COLOR", "1")
                .run("--help")
                .out());

        assertThat(plain.find()).isFalse();
        assertThat(forced.find()).isTrue();
        assertThat(refused.find()).isFalse();
    }
}
