package dev.replicator.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DeltasFormatTest {
    @Property(tries = 300)
    void givesBackWhatWasWritten(@ForAll("rows") Map<ObjectKey, Optional<Counterparts>> rows) throws IOException {
        assertThat(read(written(rows))).isEqualTo(rows);
    }

    @Property(tries = 100)
    void aTornRowIsAnErrorAndNeverAnotherRow(@ForAll("rows") Map<ObjectKey, Optional<Counterparts>> rows)
            throws IOException {
        byte[] whole = written(rows);
        for (int length = 0; length < whole.length; length += 1 + whole.length / 97) {
            DeltaReader reader = new DeltaReader(new ByteArrayInputStream(whole, 0, length));
            try {
                for (Optional<DeltaReader.Row> row = reader.read(); row.isPresent(); row = reader.read()) {
                    assertThat(rows).containsEntry(row.get().key(), row.get().states());
                }
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("ends early");
            }
        }
    }

    @Property(tries = 300)
    void whateverBytesNeverBreakMoreThanTheStream(@ForAll byte[] bytes) {
        DeltaReader reader = new DeltaReader(new ByteArrayInputStream(bytes));
        try {
            while (reader.read().isPresent()) {
                continue;
            }
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Test
    void timesBefore1970AndFarAwayAreKept() throws IOException {
        Map<ObjectKey, Optional<Counterparts>> rows = new TreeMap<>();
        for (Instant time : List.of(Instant.MIN, Instant.EPOCH.minusNanos(1), Instant.EPOCH, Instant.MAX)) {
            rows.put(
                    ObjectKey.of("k" + time),
                    Optional.of(new Counterparts(state("a", 0, time), state("b", Long.MAX_VALUE, Instant.EPOCH))));
        }

        assertThat(read(written(rows))).isEqualTo(rows);
    }

    /** What stores without metagenerations leave, byte by byte; the format may grow, but not over these. */
    @Test
    void rowsWithoutMetagenerationsAreAsTheyAlwaysWere() throws IOException {
        byte[] row = HexFormat.of().parseHex("0d" + "00" + "016b" + "0176" + "04" + "0a" + "07" + "0177");
        Map<ObjectKey, Optional<Counterparts>> rows = Map.of(
                ObjectKey.of("k"),
                Optional.of(new Counterparts(
                        state("v", 4, Instant.ofEpochSecond(5, 7)), state("w", 4, Instant.ofEpochSecond(5, 7)))));

        assertThat(read(row)).isEqualTo(rows);
        assertThat(written(rows)).isEqualTo(row);
    }

    @Test
    void flagsThatNobodyKnowsAreAnError() throws IOException {
        byte[] row = written(Map.of(ObjectKey.of("b"), Optional.empty()));
        row[0] = 32;

        assertThatThrownBy(() -> read(row)).isInstanceOf(IOException.class).hasMessageContaining("flags");
    }

    @Test
    void keysOutOfOrderAreAnError() throws IOException {
        byte[] one = written(Map.of(ObjectKey.of("b"), Optional.empty()));
        byte[] twice = new byte[one.length * 2];
        System.arraycopy(one, 0, twice, 0, one.length);
        System.arraycopy(one, 0, twice, one.length, one.length);

        assertThatThrownBy(() -> read(twice)).isInstanceOf(IOException.class).hasMessageContaining("ascend");
    }

    private static byte[] written(Map<ObjectKey, Optional<Counterparts>> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DeltaWriter writer = new DeltaWriter(out);
        for (Map.Entry<ObjectKey, Optional<Counterparts>> row : rows.entrySet()) {
            int before = out.size();
            assertThat(writer.write(row.getKey(), row.getValue())).isEqualTo(out.size() - before);
        }
        return out.toByteArray();
    }

    private static Map<ObjectKey, Optional<Counterparts>> read(byte[] bytes) throws IOException {
        Map<ObjectKey, Optional<Counterparts>> rows = new TreeMap<>();
        DeltaReader reader = new DeltaReader(new ByteArrayInputStream(bytes));
        List<ObjectKey> order = new ArrayList<>();
        for (Optional<DeltaReader.Row> row = reader.read(); row.isPresent(); row = reader.read()) {
            rows.put(row.get().key(), row.get().states());
            order.add(row.get().key());
        }
        assertThat(order).isSorted();
        return rows;
    }

    static ObjectState state(String version, long size, Instant time) {
        return state(version, size, time, 0);
    }

    static ObjectState state(String version, long size, Instant time, long metageneration) {
        return new ObjectState(
                version.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                size,
                time.getEpochSecond(),
                time.getNano(),
                metageneration);
    }

    @Provide
    Arbitrary<Map<ObjectKey, Optional<Counterparts>>> rows() {
        Arbitrary<ObjectKey> keys = Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(40)
                .map(ObjectKey::ofBytes);
        Arbitrary<ObjectState> states = Combinators.combine(
                        Arbitraries.strings().ofMinLength(1).ofMaxLength(40),
                        Arbitraries.longs().greaterOrEqual(0),
                        Arbitraries.longs().between(-100, 5_000_000_000L),
                        Arbitraries.integers().between(0, 999_999_999),
                        Arbitraries.oneOf(Arbitraries.just(0L), Arbitraries.longs()))
                .as((version, size, second, nano, metageneration) ->
                        state(version, size, Instant.ofEpochSecond(second, nano), metageneration));
        Arbitrary<Counterparts> pairs = Arbitraries.oneOf(
                Combinators.combine(states, states).as(Counterparts::new),
                states.map(one -> new Counterparts(one, one)));
        return Arbitraries.maps(keys, pairs.optional(0.8)).ofMaxSize(50).map(TreeMap::new);
    }
}
