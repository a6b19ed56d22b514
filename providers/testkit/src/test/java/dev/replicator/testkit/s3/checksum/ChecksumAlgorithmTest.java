package dev.replicator.testkit.s3.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumAlgorithmTest {
    /** The check values of the CRC catalogue (reveng.sourceforge.io) and of FIPS 180 for "123456789". */
    @ParameterizedTest
    @CsvSource({
        "CRC32,cbf43926",
        "CRC32C,e3069283",
        "CRC64NVME,ae8b14860a799888",
        "SHA1,f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256,15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
    })
    void agreesWithTheStandard(ChecksumAlgorithm algorithm, String expected) {
        byte[] digest = algorithm.digest("123456789".getBytes(StandardCharsets.US_ASCII));

        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(expected);
    }

    @Test
    void doesNotDependOnHowTheBytesArrive() {
        byte[] bytes = new byte[1001];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Digester oneByOne = ChecksumAlgorithm.CRC64NVME.digester();
        for (byte b : bytes) {
            oneByOne.write(new byte[] {b}, 0, 1);
        }

        assertThat(oneByOne.digest()).isEqualTo(ChecksumAlgorithm.CRC64NVME.digest(bytes));
    }
}
