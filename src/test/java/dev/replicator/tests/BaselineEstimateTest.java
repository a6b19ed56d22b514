package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.KeyFilter;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanSink;
import dev.replicator.report.Estimate;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.RequestKind;
import dev.replicator.store.Stores;
import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The estimate of a job with a name holds what reading and leaving its baseline sends: kind by kind. */
@Timeout(120)
class BaselineEstimateTest {
    private static final String CONTROL = ".replicator/media/baseline/";

    @TempDir
    Path directory;

    private final FakeS3 s3 = FakeS3.start(FakeS3Options.strict());
    private final FakeGcs google = FakeGcs.start();
    private int round;

    @BeforeAll
    static void credentials() {
        TwoSides.useCredentials();
    }

    @BeforeEach
    void open() {
        for (String bucket : List.of("dev", "prod")) {
            s3.createBucket(bucket);
            google.createBucket(bucket);
        }
    }

    /**
     * Runs begin in different seconds, as those of one job do: a later one sweeps what earlier ones left. In each time stands
     * still, so that no announcement is sent for its age.
     */
    private Replicator replicator() {
        Map<String, String> environment = new HashMap<>(TwoSides.environment(s3));
        environment.put("STORAGE_EMULATOR_HOST", google.endpoint().toString());
        Clock later = Clock.fixed(Instant.now().plusSeconds(2L * ++round), ZoneOffset.UTC);
        return Replicator.create(Stores.onClassPath(), later, environment);
    }

    @AfterEach
    void close() {
        s3.close();
        google.close();
    }

    /** A bucket, and what somebody does to it. */
    private interface Hands {
        String uri();

        void put(String key, String text);

        void remove(String key);

        List<String> keys();
    }

    private Hands hands(String kind, String bucket) {
        return switch (kind) {
            case "s3" -> new Bucket(s3, bucket);
            case "gs" -> new GoogleBucket(google, bucket);
            default -> new Folder(directory.resolve(bucket));
        };
    }

    private record Bucket(FakeS3 server, String name) implements Hands {
        @Override
        public String uri() {
            return "s3://" + name;
        }

        @Override
        public void put(String key, String text) {
            server.put(name, key, text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void remove(String key) {
            server.delete(name, key);
        }

        @Override
        public List<String> keys() {
            return server.keys(name);
        }
    }

    private record GoogleBucket(FakeGcs server, String name) implements Hands {
        @Override
        public String uri() {
            return "gs://" + name;
        }

        @Override
        public void put(String key, String text) {
            server.put(name, key, text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void remove(String key) {
            server.delete(name, key);
        }

        @Override
        public List<String> keys() {
            return server.keys(name);
        }
    }

    private record Folder(Path root) implements Hands {
        @Override
        public String uri() {
            return root.toUri().toString();
        }

        @Override
        public void put(String key, String text) {
            Trees.write(root.resolve(key), text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void remove(String key) {
            try {
                Files.delete(root.resolve(key));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public List<String> keys() {
            try (Stream<Path> files = Files.walk(root)) {
                return files.filter(Files::isRegularFile)
                        .map(file -> root.relativize(file).toString())
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private ReplicationJob job(Hands source, Hands destination) {
        return TwoSides.mirror(source.uri(), destination.uri())
                .withName("media")
                .withPaths(List.of(pair("a/", "x/"), pair("b/", "y/"), pair("c/", "z/")));
    }

    private static PrefixPair pair(String from, String to) {
        return new PrefixPair(KeyPrefix.of(from), KeyPrefix.of(to));
    }

    private RunReport check(String what, ReplicationJob job) {
        RunReport plan = replicator().plan(job, PlanSink.NONE, RunOptions.defaults());
        s3.log().reset();
        google.log().reset();
        RunReport run = replicator().run(job, RunOptions.defaults());

        Estimate estimate = plan.estimate().orElseThrow();
        Map<RequestKind, Long> foretold = new EnumMap<>(plan.requests());
        estimate.work().requests().toMap().forEach((kind, count) -> foretold.merge(kind, count, Long::sum));
        assertThat(withoutFiles(foretold, estimate)).as(what).isEqualTo(withoutFiles(run.requests(), estimate));
        long served =
                run.requests().values().stream().mapToLong(Long::longValue).sum();
        if (!estimate.source().local() && !estimate.destination().local()) {
            assertThat(s3.log().count() + google.log().count()).as(what).isEqualTo(served);
        }
        assertThat(aboutTheBaseline(run)).as(what).isEqualTo(aboutTheBaseline(plan));
        return run;
    }

    private static List<String> aboutTheBaseline(RunReport report) {
        return report.warnings().stream()
                .filter(warning -> warning.contains("baseline"))
                .toList();
    }

    /** How often a source directory opens a file depends on who reads it. */
    private static Map<RequestKind, Long> withoutFiles(Map<RequestKind, Long> requests, Estimate estimate) {
        Map<RequestKind, Long> counted = new EnumMap<>(requests);
        if (estimate.source().local()) {
            counted.remove(RequestKind.GET);
        }
        return counted;
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({"s3, s3", "gs, gs", "s3, gs", "gs, s3", "dir, s3", "s3, dir", "dir, dir"})
    void everyRunOfAJobSendsWhatItsPlanForetold(String from, String to) {
        Hands source = hands(from, "dev");
        Hands destination = hands(to, "prod");
        for (String key : List.of("a/1", "a/2", "a/3", "b/1", "b/2", "c/1", "c/9")) {
            source.put(key, "content of " + key);
        }
        destination.put("x/extra", "extra");
        ReplicationJob job = job(source, destination);

        assertThat(check("the first", job).counts().deleted()).isEqualTo(1);
        // Where times leave a doubt the first look after a copy asks; what it finds is noted.
        check("the one after", job);
        assertThat(check("nothing to do", job).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        source.put("b/2", "changed, and longer than it was");
        source.put("c/2", "new");
        assertThat(check("one overwritten, one new", job).counts().changed()).isEqualTo(2);
        source.put("b/2", "changed again, and longer than it ever was");
        check("an older generation to sweep", job);
        source.remove("c/1");
        source.remove("c/2");
        destination.remove("z/2");
        assertThat(check("one deleted, one deleted by others too", job).counts().deleted())
                .isEqualTo(1);
        source.put("b/3", "new");
        source.remove("b/1");
        check("a gate that stays closed", job.withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 0, 100)));
        check("a part of the paths", job.withPaths(List.of(pair("a/", "x/"))));
        source.put("a/4", "new");
        check("another filter", job.withFilter(KeyFilter.of(List.of(new KeyFilter.Rule(false, "3")))));
        List<String> parts = destination.keys().stream()
                .filter(key -> key.startsWith(CONTROL) && !key.endsWith(".json"))
                .toList();
        destination.remove(parts.get(parts.size() - 1));
        source.put("c/5", "new");
        RunReport torn = check("a part of the baseline is gone", job);
        assertThat(torn.warnings()).anyMatch(warning -> warning.contains("baseline"));
        destination.keys().stream().filter(key -> key.startsWith(CONTROL)).forEach(destination::remove);
        check("all of the baseline is gone", job);
    }

    /** What it is about to do it writes down, and removes again. */
    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({"s3, s3", "gs, gs", "s3, gs", "dir, s3", "dir, dir"})
    void soDoesAJobThatKeepsDrift(String from, String to) {
        Hands source = hands(from, "dev");
        Hands destination = hands(to, "prod");
        for (int i = 0; i < 20; i++) {
            source.put(String.format("a/%02d", i), "content " + i);
        }
        ReplicationJob job = job(source, destination).withOnDrift(DriftPolicy.KEEP);

        assertThat(check("the first", job).counts().copied()).isEqualTo(20);
        check("the one after", job);
        assertThat(check("nothing to do", job).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        source.put("a/01", "changed, and longer than it was");
        source.remove("a/02");
        assertThat(check("one overwritten, one deleted", job).counts().deleted())
                .isEqualTo(1);
        assertThat(destination.keys()).noneMatch(key -> key.contains("/intent-"));
    }
}
