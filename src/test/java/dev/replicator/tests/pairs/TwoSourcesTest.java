package dev.replicator.tests.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.TransferSizes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two sources of the same content, whose versions differ, feed one bucket in turns: they don't copy for ever. */
@Timeout(120)
class TwoSourcesTest {
    private static final TransferSizes LARGER_PARTS = new TransferSizes(2 * Fakes.PART, 2 * Fakes.PART, 2 * Fakes.PART);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theySettle(Kind kind) {
        try (Fakes fakes = new Fakes(directory)) {
            byte[] bytes = Bytes.random(3 * Fakes.PART + 7, 1);
            List<Side> sources = List.of(fakes.open(kind), fakes.open(kind));
            put(fakes, sources.get(0), bytes, Fakes.SIZES);
            fakes.clock.advance(Duration.ofSeconds(5));
            put(fakes, sources.get(1), bytes, LARGER_PARTS);
            Side destination = fakes.open(Kind.GCS);

            List<Long> changed = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                fakes.clock.advance(Duration.ofSeconds(60));
                changed.add(fakes.run(Fakes.job(sources.get(i % 2), destination))
                        .counts()
                        .changed());
            }

            assertThat(changed.get(0)).isEqualTo(1);
            assertThat(changed.subList(2, 6)).containsOnly(0L);
        }
    }

    /** To S3 as another tool uploads it: in parts, so that its ETag is no MD5 and depends on their sizes. */
    private static void put(Fakes fakes, Side side, byte[] bytes, TransferSizes sizes) {
        if (!(side instanceof S3Side bucket)) {
            side.put("k", bytes);
            return;
        }
        Side local = fakes.open(Kind.DIRECTORY);
        local.put("k", bytes);
        fakes.run(Fakes.job(local, new S3Side(fakes.s3, bucket.bucket(), sizes)));
    }
}
