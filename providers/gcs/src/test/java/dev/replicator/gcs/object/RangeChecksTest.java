package dev.replicator.gcs.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RangeChecksTest {
    private static final byte[] BYTES = new byte[1_000];

    static {
        new Random(1).nextBytes(BYTES);
    }

    private static Crc32c crc(byte[] bytes, int from, int to) {
        return Crc32c.of(bytes, from, to - from);
    }

    private static RangeChecks checks() {
        return new RangeChecks(
                BYTES.length, Optional.of(crc(BYTES, 0, BYTES.length).value()));
    }

    @Property(tries = 300)
    void acceptsTheRightBytesInAnyPiecesAndOrderAndFindsOneWrongBit(@ForAll Random random) {
        List<Integer> cuts = new ArrayList<>(List.of(0, BYTES.length));
        random.ints(random.nextInt(20), 1, BYTES.length).distinct().forEach(cuts::add);
        Collections.sort(cuts);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i + 1 < cuts.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        byte[] wrong = BYTES.clone();
        wrong[random.nextInt(wrong.length)] ^= (byte) (1 << random.nextInt(8));

        assertThat(verdict(BYTES, cuts, order)).isTrue();
        assertThat(verdict(wrong, cuts, order)).isFalse();
    }

    private static boolean verdict(byte[] bytes, List<Integer> cuts, List<Integer> order) {
        RangeChecks checks = checks();
        boolean last = true;
        for (int i : order) {
            assertThat(last).as("nothing is concluded before the last piece").isTrue();
            last = checks.add(cuts.get(i), crc(bytes, cuts.get(i), cuts.get(i + 1)));
        }
        return last;
    }

    @Test
    void letsTheLaterReadingOfTheSameRangeCount() {
        RangeChecks checks = checks();
        checks.add(0, crc(new byte[1_000], 0, 500));
        assertThat(checks.add(500, crc(BYTES, 500, 1_000))).isFalse();

        assertThat(checks.add(0, crc(BYTES, 0, 500))).isTrue();
        assertThat(checks.add(0, crc(new byte[1_000], 0, 1_000))).isFalse();
        assertThat(checks.add(0, crc(BYTES, 0, 1_000))).isTrue();
    }

    @Test
    void concludesNothingFromPartsOrWithoutAChecksum() {
        RangeChecks checks = checks();
        assertThat(checks.add(0, crc(new byte[1_000], 0, 999))).isTrue();
        RangeChecks blind = new RangeChecks(BYTES.length, Optional.empty());
        assertThat(blind.add(0, crc(new byte[1_000], 0, 1_000))).isTrue();
        blind.expect(crc(BYTES, 0, 1_000).value());
        assertThat(blind.add(0, crc(new byte[1_000], 0, 1_000))).isFalse();
    }

    @Test
    void checksAnEmptyObject() {
        assertThat(new RangeChecks(0, Optional.of(0)).add(0, Crc32c.EMPTY)).isTrue();
        assertThat(new RangeChecks(0, Optional.of(1)).add(0, Crc32c.EMPTY)).isFalse();
    }
}
