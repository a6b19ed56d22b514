package dev.replicator.server.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-|JSON",
                "*/*|JSON",
                "application/*|JSON",
                "text/*|CSV",
                "TEXT/CSV|CSV",
                "application/x-ndjson|NDJSON",
                "text/html, application/xhtml+xml, */*;q=0.8|JSON",
                "application/json;q=0.2, text/csv;q=0.9|CSV",
                "text/csv;q=0|-",
                "image/png|-",
                "nonsense|-",
                ",;/|-"
            })
    void whatIsWantedMostOfWhatThereIs(String header, String kind) {
        assertThat(MediaTypes.accepted(header).map(Enum::name)).isEqualTo(Optional.ofNullable(kind));
    }
}
