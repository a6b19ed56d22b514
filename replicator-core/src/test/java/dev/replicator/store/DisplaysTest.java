package dev.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisplaysTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain/key.txt", "größe/日本語/😀", "a b", "back\\slash", "~!@#$%^&*()"})
    void plainTextStaysAsItIs(String text) {
        assertThat(Displays.escaped(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource({
        "'a\nb', a\\u000Ab",
        "'\r\t', \\u000D\\u0009",
        "'\u001B[31m', \\u001B[31m",
        "'\u007F', \\u007F",
        "'\u0085', \\u0085",
        "'\u202Egpj.exe', \\u202Egpj.exe",
        "'\u2066x\u2069', \\u2066x\\u2069",
        "'\u200B\u200D\uFEFF', \\u200B\\u200D\\uFEFF",
        "'\u2028\u2029', \\u2028\\u2029",
        "'\uD83D', \\uD83D",
        "'\uDE00\uD83D', \\uDE00\\uD83D",
        "'\uDB40\uDC41', \\U000E0041",
    })
    void whatCouldFoolATerminalIsSpelled(String text, String shown) {
        assertThat(Displays.escaped(text)).isEqualTo(shown);
    }

    @Property(tries = 2_000)
    void whatIsShownIsOneHarmlessLine(@ForAll String text) {
        String shown = Displays.escaped(text);

        assertThat(shown.codePoints())
                .noneMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.SURROGATE
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
        assertThat(Displays.escaped(shown)).isEqualTo(shown);
        assertThat(shown.length()).isGreaterThanOrEqualTo(text.length());
    }
}
