package dev.replicator.tests.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.job.ReplicationJob;
import dev.replicator.report.RunReport;
import dev.replicator.store.Capability;
import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.s3.model.Weakness;
import dev.replicator.testkit.wire.WireFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Others take a key while wrong bytes of ours are dealt with there, on a server that checks nothing: they keep it. */
@Timeout(120)
class OthersObjectsTest {
    private static final byte[] THEIRS = Bytes.random(77, 9);
    private static final Set<Capability> UNCHECKED =
            EnumSet.of(Capability.METADATA, Capability.ETAGS, Capability.SERVER_SIDE_COPY, Capability.PINNED_READ);

    @TempDir
    private Path directory;

    @Test
    void whoReplacesItWhileItIsReadBackIsNotWrittenOver() {
        try (Fakes weak = new Fakes(directory, Weakness.FOREIGN_ETAGS, Weakness.CHECKSUMS_IGNORED)) {
            Side source = weak.open(Kind.DIRECTORY);
            Side destination = weak.open(Kind.S3);
            source.put("k", Bytes.random(1_000, 1));
            weak.clock.advance(Duration.ofSeconds(60));
            AtomicBoolean taken = new AtomicBoolean();
            weak.s3.faults().on(S3Operation.GET_OBJECT).key("k").before(call -> take(destination, taken));

            RunReport report = weak.run(unchecked(source, destination));

            assertThat(taken).isTrue();
            assertThat(destination.get("k")).contains(THEIRS);
            assertThat(report.counts().copied()).isZero();
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {1_000, 2 * Fakes.PART})
    void whoTakesTheKeyWhenItIsFreeIsNotWrittenOver(int size) {
        try (Fakes weak = new Fakes(directory, Weakness.CHECKSUMS_IGNORED)) {
            Side source = weak.open(Kind.DIRECTORY);
            Side destination = weak.open(Kind.S3);
            source.put("k", Bytes.random(size, 1));
            weak.clock.advance(Duration.ofSeconds(60));
            weak.s3
                    .faults()
                    .on(S3Operation.PUT_OBJECT, S3Operation.UPLOAD_PART)
                    .key("k")
                    .times(1)
                    .inject(new WireFault.CorruptUpload(3));
            AtomicBoolean taken = new AtomicBoolean();
            weak.s3
                    .faults()
                    .on(S3Operation.DELETE_OBJECT, S3Operation.ABORT_MULTIPART_UPLOAD)
                    .key("k")
                    .afterCommit(call -> take(destination, taken));

            RunReport report = weak.run(unchecked(source, destination));

            assertThat(taken).isTrue();
            assertThat(destination.get("k")).contains(THEIRS);
            assertThat(report.counts().copied()).isZero();
        }
    }

    private static void take(Side destination, AtomicBoolean taken) {
        if (!taken.getAndSet(true)) {
            destination.put("k", THEIRS);
        }
    }

    private static ReplicationJob unchecked(Side source, Side destination) {
        return ReplicationJob.of(source.settings(), destination.settings().withCapabilities(UNCHECKED));
    }
}
