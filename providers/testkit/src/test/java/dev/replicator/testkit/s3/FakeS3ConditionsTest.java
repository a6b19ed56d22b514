package dev.replicator.testkit.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.s3.model.Weakness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FakeS3ConditionsTest {
    private static final int RACERS = 8;

    private FakeS3 fake = FakeS3.start();

    @BeforeEach
    void bucket() {
        fake.createBucket("bucket");
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void putsOnlyWhereNothingIs() {
        assertThat(conditional("PUT", "if-none-match", "*").status()).isEqualTo(200);
        assertThat(Wire.code(conditional("PUT", "if-none-match", "*"))).isEqualTo("PreconditionFailed");
    }

    @Test
    void putsOnlyOverWhatWasSeen() {
        assertThat(Wire.code(conditional("PUT", "if-match", "\"x\""))).isEqualTo("NoSuchKey");

        String etag = fake.put("bucket", "a", new byte[0]).etag();

        assertThat(conditional("PUT", "if-match", "\"x\"").status()).isEqualTo(412);
        assertThat(conditional("PUT", "if-match", "\"" + etag + "\"").status()).isEqualTo(200);
    }

    @Test
    void deletesOnlyWhatWasSeen() {
        String etag = fake.put("bucket", "a", new byte[0]).etag();

        assertThat(conditional("DELETE", "if-match", "\"x\"").status()).isEqualTo(412);
        assertThat(conditional("DELETE", "if-match", "\"" + etag + "\"").status())
                .isEqualTo(204);
        assertThat(conditional("DELETE", "if-match", "*").status()).isEqualTo(404);
        assertThat(new Wire(fake).send("DELETE", "/bucket/a", Map.of(), "").status())
                .isEqualTo(204);
    }

    @Test
    void letsExactlyOneRacerCreate() throws Exception {
        for (int round = 0; round < 30; round++) {
            assertThat(winners("/bucket/r" + round, Map.of("if-none-match", "*")))
                    .isEqualTo(1);
        }
    }

    @Test
    void letsExactlyOneRacerOverwrite() throws Exception {
        for (int round = 0; round < 30; round++) {
            String etag = fake.put("bucket", "r" + round, new byte[0]).etag();
            assertThat(winners("/bucket/r" + round, Map.of("if-match", "\"" + etag + "\"")))
                    .isEqualTo(1);
        }
    }

    @Test
    void letsSeveralRacersWinWhereItIsTheVillain() throws Exception {
        restart(FakeS3Options.strict().with(Weakness.NON_ATOMIC_CONDITIONS).withGap(Duration.ofMillis(200)));

        assertThat(winners("/bucket/a", Map.of("if-none-match", "*"))).isGreaterThan(1);
    }

    @Test
    void overlooksConditionsWhereItIsWeak() {
        restart(FakeS3Options.strict()
                .with(
                        Weakness.CONDITIONAL_PUT_IGNORED,
                        Weakness.IF_MATCH_ON_PUT_IGNORED,
                        Weakness.CONDITIONAL_DELETE_IGNORED,
                        Weakness.CONDITIONAL_COPY_IGNORED,
                        Weakness.COPY_SOURCE_CONDITIONS_IGNORED));
        fake.put("bucket", "a", new byte[0]);
        fake.put("bucket", "b", new byte[0]);

        assertThat(conditional("PUT", "if-none-match", "*").status()).isEqualTo(200);
        assertThat(conditional("PUT", "if-match", "\"x\"").status()).isEqualTo(200);
        assertThat(new Wire(fake)
                        .send(
                                "PUT",
                                "/bucket/a",
                                Map.of(
                                        "x-amz-copy-source", "bucket/b",
                                        "x-amz-copy-source-if-match", "\"x\"",
                                        "if-none-match", "*"),
                                "")
                        .status())
                .isEqualTo(200);
        assertThat(conditional("DELETE", "if-match", "\"x\"").status()).isEqualTo(204);
    }

    private Wire.Reply conditional(String method, String header, String value) {
        return new Wire(fake).send(method, "/bucket/a", Map.of(header, value), "");
    }

    private long winners(String path, Map<String, String> headers) throws Exception {
        ExecutorService racers = Executors.newFixedThreadPool(RACERS);
        CyclicBarrier start = new CyclicBarrier(RACERS);
        Wire wire = new Wire(fake);
        try {
            List<Callable<Integer>> attempts = new ArrayList<>();
            for (int racer = 0; racer < RACERS; racer++) {
                String body = Integer.toString(racer);
                attempts.add(() -> {
                    start.await();
                    return wire.send("PUT", path, headers, body).status();
                });
            }
            long winners = 0;
            for (Future<Integer> status : racers.invokeAll(attempts)) {
                winners += status.get() == 200 ? 1 : 0;
            }
            return winners;
        } finally {
            racers.shutdownNow();
        }
    }

    private void restart(FakeS3Options options) {
        fake.close();
        fake = FakeS3.start(options);
        fake.createBucket("bucket");
    }
}
