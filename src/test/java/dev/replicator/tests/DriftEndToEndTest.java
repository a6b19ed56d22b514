package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.DriftReport;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.Stores;
import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import dev.replicator.testkit.s3.model.S3Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thousand edits by hand, every one found, and none that was not made; without asking for a single object. */
@Timeout(180)
class DriftEndToEndTest {
    private static final int OBJECTS = 2_000;
    private static final int EDITS = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    /** What somebody does to the destination. */
    private interface Hands {
        /** Other bytes of the same size, at a time before the copy. */
        void editAndSetBack(String key);

        /** Other bytes of the same size, at the very time of the copy. */
        void editAndHide(String key);

        void editToAnotherSize(String key);

        void delete(String key);

        void add(String key);

        /** Other metadata alone; false where no listing shows that. */
        boolean retouch(String key);
    }

    private static String key(int number) {
        return "site/%04d/page ä %d.html".formatted(number % 97, number);
    }

    private static Map<String, String> edited(Hands hands, long seed) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++) {
            numbers.add(i);
        }
        Collections.shuffle(numbers, new Random(seed));
        Map<String, String> made = new TreeMap<>();
        for (int i = 0; made.size() < EDITS; i++) {
            String key = key(numbers.get(i));
            switch (i % 6) {
                case 0 -> {
                    hands.editAndSetBack(key);
                    made.put(key, "edited");
                }
                case 1 -> {
                    hands.editAndHide(key);
                    made.put(key, "edited");
                }
                case 2 -> {
                    hands.editToAnotherSize(key);
                    made.put(key, "edited");
                }
                case 3 -> {
                    hands.delete(key);
                    made.put(key, "deleted");
                }
                case 4 -> {
                    hands.add(key + ".orig");
                    made.put(key + ".orig", "added");
                }
                default -> {
                    if (hands.retouch(key)) {
                        made.put(key, "metadata");
                    }
                }
            }
        }
        return made;
    }

    private static long count(Map<String, String> made, String kind) {
        return made.values().stream().filter(kind::equals).count();
    }

    private void configure(String source, String destination) throws IOException {
        Files.writeString(directory.resolve("replicator.yaml"), """
                version: 1
                jobs:
                  media: { source: "%s", destination: "%s" }
                """.formatted(source, destination));
    }

    private static Map<String, String> told(Cli.Result result) throws IOException {
        Map<String, String> told = new TreeMap<>();
        for (String line : result.out().lines().toList()) {
            JsonNode event = JSON.readTree(line);
            if (event.path("type").asText().equals("drift")) {
                told.put(event.path("key").asText(), event.path("kind").asText());
            }
        }
        return told;
    }

    private static void checkTold(Cli.Result result, Map<String, String> made) throws IOException {
        assertThat(result.exit()).as(result.err()).isEqualTo(3);
        assertThat(made).hasSize(EDITS);
        assertThat(told(result)).isEqualTo(made);
        JsonNode finished = result.out()
                .lines()
                .map(DriftEndToEndTest::parsed)
                .filter(event -> event.path("type").asText().equals("drift.finished"))
                .findFirst()
                .orElseThrow();
        for (String kind : List.of("edited", "metadata", "deleted", "added")) {
            assertThat(finished.path(kind).asLong()).as(kind).isEqualTo(count(made, kind));
        }
        assertThat(finished.path("requests").path("head").asInt()).isZero();
    }

    /** What the test's own process does with the job: no second start of a JVM for each. */
    private record Job(Replicator replicator, ReplicationJob job) {
        void sync(DriftPolicy policy) {
            RunReport report = replicator.run(job.withOnDrift(policy), RunOptions.defaults());
            assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        }

        Map<String, String> drift() {
            Map<String, String> found = new TreeMap<>();
            DriftReport report = replicator.drift(
                    job,
                    finding -> found.put(
                            finding.object().key().text(), finding.kind().name().toLowerCase(Locale.ROOT)),
                    RunOptions.defaults());
            assertThat(report.problem()).isEmpty();
            return found;
        }
    }

    private Job job(String source, String destination, Map<String, String> environment) throws IOException {
        configure(source, destination);
        return new Job(
                Replicator.create(Stores.onClassPath(), Clock.systemUTC(), environment),
                TwoSides.job(source, destination).withName("media"));
    }

    /** Syncs, lets hands at the destination, and looks: first with the command, then once more when all is put back. */
    private void findsEveryEdit(Job job, Hands hands, long seed, Supplier<Cli.Result> command) throws IOException {
        job.sync(DriftPolicy.REPORT);
        assertThat(job.drift()).isEmpty();
        Map<String, String> made = edited(hands, seed);

        checkTold(command.get(), made);

        job.sync(DriftPolicy.OVERWRITE);
        made.values().removeIf(kind -> !kind.equals("added"));
        assertThat(job.drift()).isEqualTo(made);
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void inABucket() throws IOException {
        TwoSides.useCredentials();
        try (FakeS3 server = FakeS3.start(FakeS3Options.strict())) {
            server.createBucket("dev");
            server.createBucket("prod");
            server.populate("dev", OBJECTS, DriftEndToEndTest::key, 64);
            Job job = job("s3://dev", "s3://prod", TwoSides.environment(server));

            findsEveryEdit(job, handsOn(server), 20261121L, () -> {
                server.log().reset();
                Cli.Result drift = Servers.cli(directory, server).run("drift", "media", "-o", "ndjson");
                assertThat(server.log().count(S3Operation.LIST_OBJECTS_V2)).isPositive();
                assertThat(server.log().count(S3Operation.HEAD_OBJECT)).isZero();
                assertThat(server.log().mutations()).isEmpty();
                return drift;
            });
        }
    }

    private static Hands handsOn(FakeS3 server) {
        return new Hands() {
            private void edit(String key, long secondsLater) {
                Instant then = server.find("prod", key).orElseThrow().lastModified();
                byte[] bytes = server.get("prod", key).orElseThrow().clone();
                bytes[bytes.length / 2] ^= 1;
                server.put("prod", key, bytes);
                server.setLastModified("prod", key, then.plusSeconds(secondsLater));
            }

            @Override
            public void editAndSetBack(String key) {
                edit(key, -86_400);
            }

            @Override
            public void editAndHide(String key) {
                edit(key, 0);
            }

            @Override
            public void editToAnotherSize(String key) {
                server.put("prod", key, new byte[65]);
            }

            @Override
            public void delete(String key) {
                server.delete("prod", key);
            }

            @Override
            public void add(String key) {
                server.put("prod", key, new byte[64]);
            }

            /** S3's listings show neither metadata nor that it changed. */
            @Override
            public boolean retouch(String key) {
                return false;
            }
        };
    }

    @Test
    void inABucketOfCloudStorage() throws IOException {
        try (FakeGcs server = FakeGcs.start()) {
            server.createBucket("dev");
            server.createBucket("prod");
            server.populate("dev", OBJECTS, DriftEndToEndTest::key, 64);
            String endpoint = server.endpoint().toString();
            Job job = job("gs://dev", "gs://prod", Map.of("STORAGE_EMULATOR_HOST", endpoint));

            findsEveryEdit(job, handsOn(server), 20261122L, () -> {
                server.log().reset();
                Cli.Result drift = new Cli(directory)
                        .with("STORAGE_EMULATOR_HOST", endpoint)
                        .run("drift", "media", "-o", "ndjson");
                assertThat(drift.out()).contains("\"kind\":\"metadata\"");
                assertThat(server.log().count(GcsOperation.LIST)).isPositive();
                assertThat(server.log().count(GcsOperation.GET)).isZero();
                assertThat(server.log().mutations()).isEmpty();
                return drift;
            });
        }
    }

    private static Hands handsOn(FakeGcs server) {
        return new Hands() {
            private void edit(String key, long secondsLater) {
                Instant then = server.find("prod", key).orElseThrow().created();
                byte[] bytes = server.get("prod", key).orElseThrow().clone();
                bytes[bytes.length / 2] ^= 1;
                server.put("prod", key, bytes);
                server.setTimeCreated("prod", key, then.plusSeconds(secondsLater));
            }

            @Override
            public void editAndSetBack(String key) {
                edit(key, -86_400);
            }

            @Override
            public void editAndHide(String key) {
                edit(key, 0);
            }

            @Override
            public void editToAnotherSize(String key) {
                server.put("prod", key, new byte[65]);
            }

            @Override
            public void delete(String key) {
                server.delete("prod", key);
            }

            @Override
            public void add(String key) {
                server.put("prod", key, new byte[64]);
            }

            @Override
            public boolean retouch(String key) {
                server.patch("prod", key, fields -> fields.withText("cacheControl", "no-store"));
                return true;
            }
        };
    }

    @Test
    void inADirectory() throws IOException {
        Path dev = directory.resolve("dev");
        Path prod = Files.createDirectories(directory.resolve("prod"));
        for (int i = 0; i < OBJECTS; i++) {
            Trees.write(dev.resolve(key(i)), "content %06d".formatted(i).getBytes(StandardCharsets.UTF_8));
        }
        Job job = job(dev.toString(), prod.toString(), Map.of());

        findsEveryEdit(job, handsOn(prod), 77L, () -> new Cli(directory).run("drift", "media", "-o", "ndjson"));

        Map<String, String> digests = new TreeMap<>(Trees.digests(prod));
        digests.keySet().removeIf(key -> key.endsWith(".orig"));
        assertThat(digests).isEqualTo(Trees.digests(dev));
    }

    private static Hands handsOn(Path root) {
        return new Hands() {
            private byte[] others(Path file) throws IOException {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 1;
                return bytes;
            }

            @Override
            public void editAndSetBack(String key) {
                unchecked(() -> {
                    Path file = root.resolve(key);
                    Instant then = Files.getLastModifiedTime(file).toInstant();
                    Files.write(file, others(file));
                    Files.setLastModifiedTime(file, FileTime.from(then.minusSeconds(86_400)));
                });
            }

            /** As an editor saves: a new file in the old one's place. */
            @Override
            public void editAndHide(String key) {
                unchecked(() -> {
                    Path file = root.resolve(key);
                    Path other = Files.write(root.resolve("saving"), others(file));
                    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
                    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                });
            }

            @Override
            public void editToAnotherSize(String key) {
                unchecked(() -> Files.write(root.resolve(key), new byte[65]));
            }

            @Override
            public void delete(String key) {
                unchecked(() -> Files.delete(root.resolve(key)));
            }

            /** No listing of a directory shows extended attributes. */
            @Override
            public boolean retouch(String key) {
                return false;
            }

            @Override
            public void add(String key) {
                unchecked(() -> Files.write(root.resolve(key), new byte[64]));
            }
        };
    }

    private interface Deed {
        void run() throws IOException;
    }

    private static void unchecked(Deed deed) {
        try {
            deed.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
