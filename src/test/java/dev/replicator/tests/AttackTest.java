package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.replicator.PlanHeaders;
import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanSink;
import dev.replicator.plan.PlanWriter;
import dev.replicator.report.FindingSink;
import dev.replicator.report.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an attack on the command found, kept found. */
@Timeout(60)
class AttackTest {
    private final Replicator replicator = Replicator.create();

    @TempDir
    Path directory;

    private void write(String path) {
        Trees.write(directory.resolve(path), path.getBytes(StandardCharsets.UTF_8));
    }

    private ReplicationJob mirror(String source, String destination) {
        return TwoSides.mirror(
                directory.resolve(source).toString(),
                directory.resolve(destination).toString());
    }

    @Test
    void aSourceInsideTheDestinationByALinkIsRefused() throws IOException {
        write("a/sub/x");
        write("a/f1");
        Files.createSymbolicLink(directory.resolve("alink"), directory.resolve("a"));

        assertRefused(mirror("alink/sub", "a"));
        assertRefused(mirror("alink", "a/sub"));
        assertRefused(mirror("alink", "a/not/there/yet"));
        assertThat(Trees.digests(directory.resolve("a"))).containsOnlyKeys("sub/x", "f1");
    }

    private void assertRefused(ReplicationJob job) {
        assertThatThrownBy(() -> replicator.run(job, RunOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("inside");
        assertThatThrownBy(() -> replicator.plan(job, PlanSink.NONE, RunOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> replicator.validate(job, FindingSink.NONE, RunOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSourceInsideTheDestinationByAMountIsRefused() throws IOException, InterruptedException {
        write("source/x");
        write("destination/inner/y");
        Path inner = directory.resolve("destination/inner");
        assumeTrue(
                command("mount", "--bind", directory.resolve("source").toString(), inner.toString()),
                "skipped: may not mount here");
        try {
            assertRefused(mirror("source", "destination"));
        } finally {
            assertThat(command("umount", inner.toString())).isTrue();
        }
        assertThat(Trees.digests(directory.resolve("source"))).containsOnlyKeys("x");
    }

    private static boolean command(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Test
    void whatASkippedLinkLeadsToIsNotDeleted() throws IOException {
        write("elsewhere/k");
        write("source/kept");
        write("destination/lnk/k");
        write("destination/lnk-not");
        write("destination/kept");
        Files.createSymbolicLink(directory.resolve("source/lnk"), directory.resolve("elsewhere"));

        assertThat(replicator
                        .run(mirror("source", "destination"), RunOptions.defaults())
                        .outcome())
                .isEqualTo(Outcome.SUCCEEDED);

        assertThat(Trees.digests(directory.resolve("destination"))).containsOnlyKeys("lnk/k", "kept");
    }

    @Test
    void aPlanFileNeverReplacesWhatIsNoFile() throws IOException {
        write("source/x");
        ReplicationJob job = mirror("source", "destination");
        Path real = directory.resolve("real.plan");
        Files.writeString(real, "old");
        Path link = Files.createSymbolicLink(directory.resolve("link.plan"), real);

        try (PlanWriter writer = new PlanWriter(link, PlanHeaders.of(job, Instant.EPOCH))) {
            writer.finish(true, "");
        }

        assertThat(link).isSymbolicLink();
        assertThat(real).content().contains("\"type\":\"trailer\"");
        assertThatThrownBy(() -> new PlanWriter(directory, PlanHeaders.of(job, Instant.EPOCH)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PlanWriter(Path.of("/dev/null"), PlanHeaders.of(job, Instant.EPOCH)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
