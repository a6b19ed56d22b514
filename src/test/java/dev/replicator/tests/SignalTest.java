package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.model.S3Call;
import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.wire.FaultRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signal ends a run within 30 seconds: objects in flight finish, the report is written, the code says which signal. */
@Timeout(120)
class SignalTest {
    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalLetsObjectsInFlightFinish(String signal, int code, @TempDir Path directory) throws IOException {
        assumeFalse(isIgnoredHere(signal), "skipped: this process and its children ignore SIG" + signal);
        try (FakeS3 server = FakeS3.start(FakeS3Options.strict().withLatency(Duration.ofMillis(200)))) {
            server.createBucket("dev");
            server.createBucket("prod");
            server.populate("dev", 5_000, i -> "k/%05d".formatted(i), 100);

            Cli.Running run = Servers.cli(directory, server).start("sync", "s3://dev", "s3://prod", "-o", "json");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> server.keys("prod").size() > 20);
            Instant sent = Instant.now();
            run.signal(signal);
            Cli.Result result = run.await();

            assertThat(Duration.between(sent, Instant.now())).isLessThan(Duration.ofSeconds(30));
            assertThat(result.exit()).as(result.err()).isEqualTo(code);
            assertThat(result.out()).contains("\"outcome\" : \"CANCELLED\"");
            assertThat(result.out())
                    .contains("\"copied\" : " + server.keys("prod").size());
            assertThat(server.keys("prod").size()).isLessThan(5_000);
        }
    }

    /** The server takes the request and says nothing for longer than anybody waits. */
    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalIsHeardWhileAListingHangs(String signal, int code, @TempDir Path directory) throws IOException {
        assumeFalse(isIgnoredHere(signal), "skipped: this process and its children ignore SIG" + signal);
        try (FakeS3 server = FakeS3.start(FakeS3Options.strict())) {
            server.createBucket("dev");
            server.createBucket("prod");
            server.populate("dev", 2_500, i -> "k/%05d".formatted(i), 10);
            server.populate("prod", 2_500, i -> "k/%05d".formatted(i), 10);
            FaultRule<S3Call> hung = server.faults()
                    .on(S3Operation.LIST_OBJECTS_V2)
                    .skipping(2)
                    .inject(Fault.stall(Duration.ofSeconds(100)));

            Cli.Running run = Servers.cli(directory, server).start("sync", "s3://dev", "s3://prod", "-o", "json");
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> hung.hits() > 0);
            Instant sent = Instant.now();
            run.signal(signal);
            Cli.Result result = run.await();

            assertThat(Duration.between(sent, Instant.now())).isLessThan(Duration.ofSeconds(20));
            assertThat(result.exit()).as(result.err()).isEqualTo(code);
            assertThat(result.out()).contains("\"outcome\" : \"CANCELLED\"");
        }
    }

    /** Whether this process was started with the signal ignored, as a shell's background jobs are; children inherit it. */
    private static boolean isIgnoredHere(String signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        int bit = signal.equals("INT") ? 1 : 14;
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> bit & 1) == 1);
    }
}
