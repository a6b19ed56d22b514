package dev.replicator.tests.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.job.ReplicationJob;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.wire.WireFault;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong bytes were kept, the answer was lost, and every repetition fails: what is there is looked at before the run ends. */
@Timeout(120)
class UnknownOutcomeTest {
    private static final byte[] RIGHT = Bytes.random(1_000, 1);

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "with a baseline: {0}")
    @ValueSource(booleans = {false, true})
    void wrongBytesDoNotStay(boolean named) {
        try (Fakes fakes = new Fakes(directory)) {
            Side source = fakes.open(Kind.DIRECTORY);
            Side destination = fakes.open(Kind.GCS);
            source.put("k", RIGHT);
            fakes.clock.advance(Duration.ofSeconds(60));
            fakes.gcs
                    .faults()
                    .on(GcsOperation.INSERT)
                    .key("k")
                    .times(1)
                    .inject(new WireFault.CorruptUpload(5), new GcsFault.Careless(true), WireFault.dropAfterCommit());
            fakes.gcs.faults().on(GcsOperation.INSERT).key("k").inject(GcsFault.unavailable());
            ReplicationJob plain = Fakes.job(source, destination);
            ReplicationJob job = named ? plain.withName("media") : plain;

            fakes.run(job);
            fakes.gcs.faults().clear();
            fakes.clock.advance(Duration.ofSeconds(60));
            fakes.run(job);

            assertThat(destination.get("k")).contains(RIGHT);
        }
    }
}
