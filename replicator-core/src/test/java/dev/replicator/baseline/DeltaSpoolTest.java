package dev.replicator.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaSpoolTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 4_096, 4_097, 60_000})
    void sortsWhatComesInAnyOrder(int count) throws IOException {
        List<Delta> deltas = deltas(count);
        Collections.shuffle(deltas, new Random(count));

        assertThat(sorted(deltas)).isEqualTo(model(deltas));
    }

    /** More files than are kept open at once. */
    @Test
    void sortsTheWorstOrder() throws IOException {
        List<Delta> deltas = deltas(300_000);
        Collections.reverse(deltas);

        assertThat(sorted(deltas)).isEqualTo(model(deltas));
    }

    @Test
    void ofOneKeyTheLastStands() throws IOException {
        Random random = new Random(7);
        List<Delta> deltas = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            deltas.add(new Delta(at(random.nextInt(9_000)), Optional.of(states("v" + i))));
        }

        assertThat(sorted(deltas)).isEqualTo(model(deltas));
    }

    @Test
    void whatComesNearlyInOrderIsOneFile() throws IOException {
        List<Delta> deltas = deltas(50_000);
        for (int i = 0; i + 1_000 < deltas.size(); i += 1_000) {
            Collections.shuffle(deltas.subList(i, i + 1_000), new Random(i));
        }
        try (DeltaSpool spool = new DeltaSpool()) {
            for (Delta delta : deltas) {
                spool.add(delta);
            }

            assertThat(spool.finished()).hasSize(1);
        }
    }

    @Test
    void nothingIsLeftOnDisk() throws IOException {
        List<Delta> deltas = deltas(20_000);
        Collections.reverse(deltas);
        List<Path> files;
        try (DeltaSpool spool = new DeltaSpool()) {
            for (Delta delta : deltas) {
                spool.add(delta);
            }
            files = spool.finished().stream().map(SpoolFile::path).toList();
            assertThat(files).hasSizeGreaterThan(1).allMatch(Files::exists);
        }

        assertThat(files).noneMatch(Files::exists);
    }

    @Test
    void aResultOutranksWhatTheMergeNoted() throws IOException {
        try (Deltas deltas = new Deltas()) {
            deltas.resulted(new Delta(at(1), Optional.of(states("copied"))));
            deltas.noted(new Delta(at(1), Optional.empty()));
            deltas.noted(new Delta(at(2), Optional.empty()));
            try (MergedDeltas merged = deltas.finished()) {
                assertThat(all(merged))
                        .containsExactly(
                                Map.entry(at(1), Optional.of(states("copied"))), Map.entry(at(2), Optional.empty()));
            }
        }
    }

    private static Map<BaselineKey, Optional<Counterparts>> sorted(List<Delta> deltas) throws IOException {
        try (DeltaSpool spool = new DeltaSpool()) {
            for (Delta delta : deltas) {
                spool.add(delta);
            }
            try (MergedDeltas merged = MergedDeltas.of(spool.finished())) {
                return all(merged);
            }
        }
    }

    private static Map<BaselineKey, Optional<Counterparts>> all(MergedDeltas merged) throws IOException {
        Map<BaselineKey, Optional<Counterparts>> all = new TreeMap<>();
        Optional<BaselineKey> last = Optional.empty();
        while (merged.hasNext()) {
            Delta delta = merged.next();
            assertThat(last.filter(key -> key.compareTo(delta.at()) >= 0)).isEmpty();
            last = Optional.of(delta.at());
            all.put(delta.at(), delta.states());
        }
        return all;
    }

    private static Map<BaselineKey, Optional<Counterparts>> model(List<Delta> deltas) {
        Map<BaselineKey, Optional<Counterparts>> model = new TreeMap<>();
        deltas.forEach(delta -> model.put(delta.at(), delta.states()));
        return model;
    }

    private static List<Delta> deltas(int count) {
        List<Delta> deltas = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            deltas.add(new Delta(at(i), i % 7 == 0 ? Optional.empty() : Optional.of(states("v" + i))));
        }
        return deltas;
    }

    private static BaselineKey at(int number) {
        return new BaselineKey(number / 100_000, ObjectKey.of(String.format("key/%07d", number)));
    }

    private static Counterparts states(String version) {
        ObjectState state = DeltasFormatTest.state(version, 3, Instant.EPOCH);
        return new Counterparts(state, state);
    }
}
