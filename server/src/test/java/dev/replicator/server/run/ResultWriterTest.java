package dev.replicator.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.ObjectKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ResultWriterTest {
    private final List<ObjectResult> kept = Collections.synchronizedList(new ArrayList<>());

    /** A log of results alone. */
    private static RunLog log(Consumer<List<ObjectResult>> results) {
        return new RunLog() {
            @Override
            public void keep(RunRecord run) {}

            @Override
            public void add(String run, List<ObjectResult> added) {
                results.accept(added);
            }

            @Override
            public Optional<RunRecord> find(String id) {
                return Optional.empty();
            }

            @Override
            public List<RunRecord> newest(Wanted wanted, Optional<String> before, int most) {
                return List.of();
            }

            @Override
            public Map<String, RunRecord> newestOfEach(List<String> jobs) {
                return Map.of();
            }

            @Override
            public Optional<RunRecord> newestWhole(String job, RunAction action) {
                return Optional.empty();
            }

            @Override
            public ResultPage results(String run, ResultQuery query, Optional<String> after, int most) {
                return new ResultPage(List.of(), Optional.empty());
            }

            @Override
            public List<Trouble> troubles(String run) {
                return List.of();
            }

            @Override
            public TreePage findings(
                    String run, byte[] under, Optional<String> kind, Optional<String> after, int most) {
                return new TreePage(List.of(), Optional.empty());
            }
        };
    }

    private static void add(ResultWriter writer, int count) {
        for (int i = 0; i < count; i++) {
            writer.add(number -> new ObjectResult(number, ObjectKey.of("k"), "COPY", "DONE", "", 1, ""));
        }
    }

    @Test
    void keepsAllInTheirOrder() {
        try (ResultWriter writer = new ResultWriter("r", log(kept::addAll), "")) {
            add(writer, 10_001);
            writer.close();

            assertThat(writer.lost()).isEmpty();
        }
        assertThat(kept)
                .extracting(ObjectResult::number)
                .isEqualTo(LongStream.rangeClosed(1, 10_001).boxed().toList());
    }

    @Test
    void whoAddsDoesNotWaitForTheLog() throws InterruptedException {
        CountDownLatch slow = new CountDownLatch(1);
        try (ResultWriter writer = new ResultWriter(
                "r",
                log(results -> {
                    await(slow);
                    kept.addAll(results);
                }),
                "")) {
            add(writer, 12_000);

            assertThat(kept).isEmpty();
            slow.countDown();
        }
        assertThat(kept).hasSize(12_000);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aLogThatFailsIsAskedOnceAndSaid() {
        List<Integer> asked = new ArrayList<>();
        ResultWriter writer = new ResultWriter(
                "r",
                log(results -> {
                    asked.add(results.size());
                    throw new RunLogException("no room", new IllegalStateException());
                }),
                "");

        add(writer, 30_000);
        writer.close();

        assertThat(asked).hasSize(1);
        assertThat(writer.lost()).contains("from object 1 on").contains("no room");
    }

    @Test
    void anInterruptedRunKeepsWhatItDid() {
        ResultWriter writer = new ResultWriter("r", log(kept::addAll), "");
        add(writer, 5);

        Thread.currentThread().interrupt();
        writer.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(kept).hasSize(5);
    }
}
