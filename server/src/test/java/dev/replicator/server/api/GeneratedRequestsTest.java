package dev.replicator.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.config.Role;
import dev.replicator.server.ApiClient;
import dev.replicator.server.TestServer;
import dev.replicator.testkit.SettableClock;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests made from the API's description, of every role, each held against it: {@code -Dreplicator.requests=50000} for
 * more of them than the build has time for, {@code -Dreplicator.seed=} for the same ones again.
 */
class GeneratedRequestsTest {
    private static final int REQUESTS = Integer.getInteger("replicator.requests", 2_000);
    private static final long SEED = Long.getLong("replicator.seed", 20_261_121L);

    @TempDir
    Path directory;

    @Test
    @Timeout(1_800)
    void noneIsAnsweredWithAnErrorOfTheServerOrAnythingThatIsNotDescribed() throws Exception {
        Map<Integer, Integer> statuses = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        SettableClock clock = new SettableClock();
        Random random = new Random(SEED);
        RequestGenerator generator = new RequestGenerator(random);
        Files.createDirectories(directory.resolve("dev"));
        Files.writeString(directory.resolve("dev/a"), "of a");
        try (TestServer server = TestServer.in(directory, UnaryOperator.identity(), clock, TestServer.LAX)) {
            for (int i = 0; i < REQUESTS; i++) {
                RequestGenerator.Request request = generator.next();
                ApiClient client = server.as(Role.values()[random.nextInt(Role.values().length)]);
                for (Map.Entry<String, String> header : request.headers().entrySet()) {
                    client = client.with(header.getKey(), header.getValue());
                }
                if (request.path().startsWith("/api/v1/session")
                        && request.method().equals("POST")) {
                    client = client.with("Authorization", "");
                }
                try {
                    int status = client.send(
                                    request.method(),
                                    request.path(),
                                    request.body().isEmpty() ? Optional.empty() : Optional.of(request.body()))
                            .status();
                    statuses.merge(status, 1, Integer::sum);
                    if (status == 401) {
                        // Or else this address would soon be shut out.
                        clock.advance(Duration.ofMinutes(2));
                    }
                    if (status >= 500 && status != 501) {
                        wrong.add(request + " -> " + status);
                    }
                } catch (AssertionError | UncheckedIOException e) {
                    wrong.add("number " + i + ": " + request + " -> " + e);
                }
            }
        }

        assertThat(wrong).as("of seed %d, with statuses %s", SEED, statuses).isEmpty();
        assertThat(statuses).containsKeys(200, 400, 403, 404);
        System.out.printf("%d requests: %s%n", REQUESTS, statuses);
    }
}
