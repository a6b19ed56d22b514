package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** U+FFFD stands before an emoji in bytes and behind it in Java's strings; a merge must go by bytes. */
class KeyOrderTest {
    private static final String REPLACEMENT = "\uFFFD";
    private static final String ASTRAL = "\uD83D\uDE00";

    @Test
    void keysAreMergedInTheOrderOfTheirBytes() {
        for (List<String> onlyInSource : List.of(List.of(REPLACEMENT), List.of(ASTRAL))) {
            World world = new World();
            for (String key : List.of(REPLACEMENT, ASTRAL)) {
                world.put(world.dev, key, "1");
                if (!onlyInSource.contains(key)) {
                    world.put(world.prod, key, "1");
                }
            }

            RunReport report = world.run(World.mirror());

            assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(report.counts().copied()).isEqualTo(1);
            assertThat(report.counts().unchanged()).isEqualTo(1);
            assertThat(report.counts().stale() + report.counts().deleted()).isZero();
        }
    }
}
