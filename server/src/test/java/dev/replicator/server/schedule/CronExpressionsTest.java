package dev.replicator.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 2 * * *",
                "*/15 8-18 * * mon-fri",
                "0 0 29 2 *",
                "0 0 31 * *",
                "0 0 * * 7",
                "0 12 1 JAN,jul *",
                "  0   2 * * * "
            })
    void understandsFiveFields(String expression) {
        assertThat(CronExpressions.check(expression)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "0 0 2 * * *",
                "60 * * * *",
                "0 24 * * *",
                "0 0 0 * *",
                "0 0 * 13 *",
                "0 0 * * 8",
                "0 22-2 * * *",
                "a b c d e",
                "@daily",
                "0 0 30 2 *",
                "0 0 31 4,6,9,11 *"
            })
    void saysWhatIsWrong(String expression) {
        assertThat(CronExpressions.check(expression))
                .hasValueSatisfying(why -> assertThat(why).isNotBlank());
    }
}
