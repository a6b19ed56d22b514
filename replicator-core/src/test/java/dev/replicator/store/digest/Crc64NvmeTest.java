package dev.replicator.store.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Crc64NvmeTest {
    private static long of(String text) {
        Crc64Nvme crc = new Crc64Nvme();
        crc.update(text.getBytes(StandardCharsets.US_ASCII), 0, text.length());
        return crc.getValue();
    }

    /** The check value of CRC-64/NVME in the catalogue of parametrised CRC algorithms. */
    @Test
    void hasTheCataloguesCheckValue() {
        assertThat(Long.toHexString(of("123456789"))).isEqualTo("ae8b14860a799888");
    }

    @Test
    void isZeroOfNothing() {
        assertThat(of("")).isZero();
    }

    @Test
    void comesOutTheSameByPieces() {
        Crc64Nvme crc = new Crc64Nvme();
        crc.update("xx".getBytes(StandardCharsets.US_ASCII), 0, 2);
        crc.reset();
        crc.update('1');
        byte[] rest = "023456789".getBytes(StandardCharsets.US_ASCII);
        crc.update(rest, 1, 8);

        assertThat(crc.getValue()).isEqualTo(of("123456789"));
    }

    /** Eight bytes at a time and one at a time, from every offset. */
    @Test
    void comesOutTheSameBytewise() {
        byte[] bytes = new byte[1_000];
        new Random(1).nextBytes(bytes);
        for (int from = 0; from < 20; from++) {
            for (int length = 0; length < 60; length++) {
                Crc64Nvme whole = new Crc64Nvme();
                Crc64Nvme bytewise = new Crc64Nvme();
                whole.update(bytes, from, length);
                for (int i = from; i < from + length; i++) {
                    bytewise.update(bytes[i]);
                }
                assertThat(whole.getValue()).isEqualTo(bytewise.getValue());
            }
        }
    }
}
