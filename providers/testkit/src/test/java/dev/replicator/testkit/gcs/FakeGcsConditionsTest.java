package dev.replicator.testkit.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.SettableClock;
import dev.replicator.testkit.gcs.store.StoredObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Generations, metagenerations and preconditions. */
class FakeGcsConditionsTest {
    private static final String A = "/storage/v1/b/bk1/o/a";

    private final SettableClock clock = new SettableClock();
    private final FakeGcs fake = FakeGcs.start(FakeGcsOptions.strict().withClock(clock));
    private final GcsWire wire = new GcsWire(fake);

    @BeforeEach
    void bucket() {
        fake.createBucket("bk1");
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private String put() {
        return Long.toString(fake.put("bk1", "a", new byte[] {1}).generation());
    }

    @Test
    void generationsGrowThoughTheClockStandsStillOrGoesBack() {
        long first = fake.put("bk1", "a", new byte[0]).generation();
        long second = fake.put("bk1", "a", new byte[0]).generation();
        clock.advance(Duration.ofHours(-1));
        long third = fake.put("bk1", "x", new byte[0]).generation();
        clock.advance(Duration.ofHours(3));
        long fourth = fake.put("bk1", "a", new byte[0]).generation();

        assertThat(List.of(first, second, third, fourth)).isSorted().doesNotHaveDuplicates();
        assertThat(fourth).isEqualTo(clock.millis() * 1000);
    }

    @Test
    void createsOnlyWhatIsAbsent() {
        assertThat(wire.upload("bk1", "a", "&ifGenerationMatch=0", "1").status())
                .isEqualTo(200);
        GcsWire.Reply again = wire.upload("bk1", "a", "&ifGenerationMatch=0", "2");

        assertThat(again.status()).isEqualTo(412);
        assertThat(again.reason()).isEqualTo("conditionNotMet");
        assertThat(fake.get("bk1", "a").orElseThrow()).asString().isEqualTo("1");
    }

    /** What a write that is to replace {@code put} says: # stands for the live generation. */
    @ParameterizedTest
    @CsvSource({
        "ifGenerationMatch=#, 200",
        "ifGenerationMatch=7, 412",
        "ifGenerationMatch=0, 412",
        "ifGenerationNotMatch=#, 304",
        "ifGenerationNotMatch=7, 200",
        "ifGenerationNotMatch=0, 200",
        "ifMetagenerationMatch=1, 200",
        "ifMetagenerationMatch=2, 412",
        "ifMetagenerationNotMatch=1, 304",
        "ifMetagenerationNotMatch=2, 200",
        "ifGenerationMatch=#&ifMetagenerationMatch=2, 412",
        "ifGenerationMatch=x, 400",
        "ifGenerationMatch=-1, 400"
    })
    void judgesEveryWriteByItsPreconditions(String condition, int status) {
        String query = condition.replace("#", put());
        assertThat(wire.upload("bk1", "a", "&" + query, "2").status()).isEqualTo(status);
        query = condition.replace("#", put());
        assertThat(wire.multipart("bk1", "&" + query, Map.of("name", "a"), "2").status())
                .isEqualTo(status);
        query = condition.replace("#", put());
        assertThat(wire.start("bk1", "a", "&" + query, Map.of()).status()).isEqualTo(status);
        query = condition.replace("#", put());
        assertThat(wire.send("PATCH", A + "?" + query, "{}").status()).isEqualTo(status);
        query = condition.replace("#", put());
        assertThat(wire.send("PUT", A + "?" + query, "{}").status()).isEqualTo(status);
        query = condition.replace("#", put());
        fake.put("bk1", "source", new byte[] {7});
        String rewrite = "/storage/v1/b/bk1/o/source/rewriteTo/b/bk1/o/a?" + query;
        assertThat(wire.send("POST", rewrite, "").status()).isEqualTo(status);
        query = condition.replace("#", put());
        String copy = "/storage/v1/b/bk1/o/source/copyTo/b/bk1/o/a?" + query;
        assertThat(wire.send("POST", copy, "").status()).isEqualTo(status);
        query = condition.replace("#", put());
        String compose = A + "/compose?" + query;
        assertThat(wire.send("POST", compose, "{\"sourceObjects\":[{\"name\":\"source\"}]}")
                        .status())
                .isEqualTo(status);
        query = condition.replace("#", put());
        assertThat(wire.delete(A + "?" + query).status()).isEqualTo(status == 200 ? 204 : status);
    }

    @ParameterizedTest
    @CsvSource({
        "ifGenerationMatch=#, 200",
        "ifGenerationMatch=7, 412",
        "ifGenerationNotMatch=#, 304",
        "ifGenerationNotMatch=7, 200",
        "ifMetagenerationMatch=2, 412",
        "ifMetagenerationNotMatch=1, 304",
        "generation=#, 200",
        "generation=7, 404"
    })
    void judgesEveryReadByItsPreconditions(String condition, int status) {
        String query = condition.replace("#", put());

        assertThat(wire.get(A + "?" + query).status()).isEqualTo(status);
        assertThat(wire.get(A + "?alt=media&" + query).status()).isEqualTo(status);
        assertThat(wire.get("/download" + A + "?alt=media&" + query).status()).isEqualTo(status);
    }

    @Test
    void knowsNoGenerationThatWasReplacedOrDeleted() {
        String first = put();
        put();

        assertThat(wire.get(A + "?generation=" + first).status()).isEqualTo(404);
        GcsWire.Reply media = wire.get(A + "?alt=media&generation=" + first);
        assertThat(media.status()).isEqualTo(404);
        assertThat(media.text()).isEqualTo("No such object: bk1/a");
        assertThat(wire.delete(A + "?generation=" + first).status()).isEqualTo(404);
        assertThat(wire.send("PATCH", A + "?generation=" + first, "{}").status())
                .isEqualTo(404);
        assertThat(wire.send("POST", A + "/rewriteTo/b/bk1/o/x?sourceGeneration=" + first, "")
                        .status())
                .isEqualTo(404);
        assertThat(fake.find("bk1", "a")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "ifSourceGenerationMatch=#, 200",
        "ifSourceGenerationMatch=7, 412",
        "ifSourceGenerationNotMatch=#, 304",
        "ifSourceMetagenerationMatch=1, 200",
        "ifSourceMetagenerationMatch=2, 412",
        "ifSourceMetagenerationNotMatch=1, 304",
        "sourceGeneration=#, 200",
        "sourceGeneration=7, 404"
    })
    void judgesTheSourceOfARewrite(String condition, int status) {
        String query = condition.replace("#", put());

        GcsWire.Reply reply = wire.send("POST", A + "/rewriteTo/b/bk1/o/copy?" + query, "");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(fake.find("bk1", "copy").isPresent()).isEqualTo(status == 200);
    }

    @Test
    void findsNothingToDeleteOrPatchWhateverThePrecondition() {
        assertThat(wire.delete("/storage/v1/b/bk1/o/missing?ifGenerationMatch=5")
                        .status())
                .isEqualTo(404);
        assertThat(wire.send("PATCH", "/storage/v1/b/bk1/o/missing?ifGenerationMatch=5", "{}")
                        .status())
                .isEqualTo(404);
        assertThat(wire.get("/storage/v1/b/bk1/o/missing?ifGenerationMatch=5").reason())
                .isEqualTo("notFound");
        assertThat(wire.upload("bk1", "missing", "&ifGenerationMatch=5", "").status())
                .isEqualTo(412);
        assertThat(wire.upload("bk1", "missing", "&ifGenerationNotMatch=5", "").status())
                .isEqualTo(304);
    }

    @Test
    void letsExactlyOneOfSixteenWritersCreateAnObject() throws Exception {
        int writers = 16;
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        CyclicBarrier barrier = new CyclicBarrier(writers);
        try {
            for (int round = 0; round < 100; round++) {
                String name = "race-" + round;
                List<Callable<Integer>> racers = new ArrayList<>();
                for (int writer = 0; writer < writers; writer++) {
                    String body = "writer " + writer;
                    racers.add(() -> {
                        barrier.await(20, TimeUnit.SECONDS);
                        return wire.upload("bk1", name, "&ifGenerationMatch=0", body)
                                .status();
                    });
                }
                List<Integer> answers = new ArrayList<>();
                for (Future<Integer> answer : pool.invokeAll(racers)) {
                    answers.add(answer.get());
                }
                assertThat(answers)
                        .containsOnly(200, 412)
                        .filteredOn(answer -> answer == 200)
                        .hasSize(1);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void letsExactlyOneOfSixteenReplaceAGeneration() throws Exception {
        int writers = 16;
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        CyclicBarrier barrier = new CyclicBarrier(writers);
        try {
            for (int round = 0; round < 20; round++) {
                StoredObject seen = fake.put("bk1", "a", new byte[] {0});
                List<Callable<Integer>> racers = new ArrayList<>();
                for (int writer = 0; writer < writers; writer++) {
                    String body = "writer " + writer;
                    boolean deletes = writer % 2 == 0;
                    String condition = "ifGenerationMatch=" + seen.generation();
                    racers.add(() -> {
                        barrier.await(20, TimeUnit.SECONDS);
                        return deletes
                                ? wire.delete(A + "?" + condition).status()
                                : wire.upload("bk1", "a", "&" + condition, body).status();
                    });
                }
                List<Integer> answers = new ArrayList<>();
                for (Future<Integer> answer : pool.invokeAll(racers)) {
                    answers.add(answer.get());
                }
                assertThat(answers).filteredOn(answer -> answer < 300).hasSize(1);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
