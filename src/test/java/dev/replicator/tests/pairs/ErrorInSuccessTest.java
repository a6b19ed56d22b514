package dev.replicator.tests.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.report.RunReport;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.model.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broken precondition that Cloud Storage tells within a 200 is one. */
@Timeout(60)
class ErrorInSuccessTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void isTakenForARefusalFromEverySource(Kind from) {
        try (Fakes fakes = new Fakes(directory)) {
            Side source = fakes.open(from);
            Side destination = fakes.open(Kind.GCS);
            source.put("small", Bytes.random(10));
            source.put("large", Bytes.random(Fakes.PART + 1));
            fakes.gcs
                    .faults()
                    .on(GcsOperation.INSERT, GcsOperation.REWRITE, GcsOperation.RESUMABLE_START)
                    .inject(new GcsFault.ErrorInOk(Reason.CONDITION_NOT_MET));

            RunReport report = fakes.run(Fakes.job(source, destination));

            assertThat(report.counts().copied()).isZero();
            assertThat(report.counts().stale() + report.counts().failed()).isEqualTo(2);
            assertThat(destination.keys()).isEmpty();
        }
    }
}
