package dev.replicator.server.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.server.run.ObjectResult;
import dev.replicator.store.ObjectKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    private static ObjectResult result(String key, String message) {
        return new ObjectResult(1, ObjectKey.of(key), "COPY", "FAILED", "NETWORK", 7, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "＝1"})
    void aFormulaIsAText(String formula) {
        assertThat(Csv.line(result(formula, formula)))
                .isEqualTo("\"'" + formula + "\",\"COPY\",\"FAILED\",\"NETWORK\",7,\"'" + formula + "\"\r\n");
    }

    @Test
    void whatBeginsWithATabulatorOrAnEndOfLineIsATextToo() {
        assertThat(Csv.line(result("k", "\t=1"))).contains("\"'\t=1\"");
        assertThat(Csv.line(result("k", "\r=1"))).contains("\"'\r=1\"");
    }

    @Test
    void quotesAreDoubledAndControlCharactersOfKeysAreShown() {
        assertThat(Csv.line(result("a\"b\nc\u0000", "say \"no\", twice")))
                .startsWith("\"a\"\"b\\u000Ac\\u0000\",")
                .endsWith(",\"say \"\"no\"\", twice\"\r\n");
    }
}
