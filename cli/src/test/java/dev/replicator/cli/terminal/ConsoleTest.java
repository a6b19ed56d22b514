package dev.replicator.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {
    private static final String CLEAR = "\r\u001b[2K";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Console console(Terminals terminals) {
        return new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InputStream.nullInputStream(),
                terminals,
                Map.of("NO_COLOR", "1"));
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theStatusLineGivesWayToOtherLines() {
        Console console = console(new Terminals(true, true, true, 40));

        console.status("half");
        console.message("a warning");
        console.message("another");
        console.status("more");
        console.status("");

        assertThat(err()).isEqualTo("half" + CLEAR + "a warning\nanother\nmore" + CLEAR);
    }

    @Test
    void theStatusLineNeverWraps() {
        Console console = console(new Terminals(true, true, true, 10));

        console.status("日本語のとても長い行");

        assertThat(err()).isEqualTo("日本語の…");
    }

    @Test
    void aPipeGetsNoStatusLine() {
        Console console = console(Terminals.NONE);

        console.status("half");

        assertThat(err()).isEmpty();
    }

    @Test
    void colourSurroundsTheMarkOnly() {
        Console console = console(Terminals.NONE);
        console.colour(ColourMode.ALWAYS);

        console.result(Colour.GOOD, "✓ ", "Synced: a\u001b[31mb");

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("\u001b[32m✓ \u001b[0mSynced: a\\u001B[31mb\n");
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO, true, '', '', xterm, true",
        "AUTO, false, '', '', xterm, false",
        "AUTO, true, 1, 1, xterm, false",
        "AUTO, false, '', 1, xterm, true",
        "AUTO, false, '', 0, xterm, false",
        "AUTO, true, '', '', dumb, false",
        "ALWAYS, false, 1, '', dumb, true",
        "NEVER, true, '', 1, xterm, false",
    })
    void theFlagThenNoColorThenForceThenTheTerminal(
            ColourMode mode, boolean terminal, String noColor, String force, String term, boolean expected) {
        Map<String, String> environment = Map.of("NO_COLOR", noColor, "CLICOLOR_FORCE", force, "TERM", term);

        assertThat(mode.colours(terminal, environment)).isEqualTo(expected);
    }
}
