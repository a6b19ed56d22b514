package dev.replicator.s3.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As many parts at once as the bytes in flight allow, in MiB. */
class NativeConnectionsTest {
    @ParameterizedTest
    @CsvSource({"256, 16, 16", "1024, 16, 16", "255, 16, 15", "256, 64, 4", "1, 16, 1"})
    void partsInMemoryStayBelowTheLimit(long bytesInFlight, long part, int connections) {
        assertThat(NativeTransfers.connections(bytesInFlight << 20, part << 20)).isEqualTo(connections);
    }
}
