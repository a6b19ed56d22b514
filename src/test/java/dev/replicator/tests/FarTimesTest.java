package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times that a broken clock, an archive or an attacker gave to files: a second run still writes nothing. */
class FarTimesTest {
    private final Replicator replicator = Replicator.create(Stores.onClassPath(), Clock.systemUTC(), Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1600-01-01T00:00:00Z",
                "1677-09-21T00:12:43.145224191Z",
                "1677-09-21T00:12:44.5Z",
                "1901-12-13T20:45:51.75Z",
                "1969-12-31T23:59:59.999999999Z",
                "1970-01-01T00:00:00Z",
                "2038-01-19T03:14:08.25Z",
                "2262-04-11T23:47:16.854775807Z",
                "2262-04-11T23:47:16.999999999Z",
                "2262-04-11T23:47:17Z",
                "2300-01-01T00:00:00.123456789Z",
                "2440-01-01T00:00:00Z"
            })
    void aSecondRunWritesNothing(String time, @TempDir Path directory) throws Exception {
        Path source = Files.createDirectory(directory.resolve("source"));
        Path destination = directory.resolve("destination");
        touch(Files.writeString(source.resolve("file"), "content"), time);
        ReplicationJob job = TwoSides.job(source.toString(), destination.toString());

        RunReport first = replicator.run(job, RunOptions.defaults());
        RunReport second = replicator.run(job, RunOptions.defaults());

        assertThat(first.counts().copied()).isEqualTo(1);
        assertThat(second.counts().changed()).isZero();
        assertThat(second.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    }

    /** By another program: Java itself can't set every time that it can read. */
    private static void touch(Path file, String time) throws IOException, InterruptedException {
        Process touch = new ProcessBuilder("touch", "-d", time, file.toString())
                .redirectErrorStream(true)
                .start();
        touch.getInputStream().readAllBytes();
        assumeTrue(touch.waitFor() == 0, "skipped: no touch that knows " + time);
        long off = Files.getLastModifiedTime(file).toInstant().getEpochSecond()
                - Instant.parse(time).getEpochSecond();
        assumeTrue(off == 0, "skipped: this filesystem keeps no time like " + time);
    }
}
