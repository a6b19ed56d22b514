package dev.replicator.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.job.HookSettings;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.Action;
import dev.replicator.report.RunListener;
import dev.replicator.store.StoreUri;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is asked to end while it waits for its hook. */
@Timeout(120)
class BlockShutdownTest {
    private static final int OBJECTS = 500;

    @TempDir
    Path directory;

    /** The process: each object takes half a second to be planned. */
    static final class Waiting implements RunListener {
        private final CountDownLatch never = new CountDownLatch(1);

        public static void main(String[] arguments) {
            hook(Path.of(arguments[0])).listener(new Waiting()).build().start();
            System.out.println("ended");
        }

        @Override
        public void planned(Action action) {
            System.out.println("planned");
            try {
                assertThat(never.await(500, TimeUnit.MILLISECONDS)).isFalse();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static DeployHookBuilder hook(Path directory) {
        return DeployHook.builder()
                .job(ReplicationJob.of(StoreUri.parse("./dev", directory), StoreUri.parse("./prod", directory))
                        .withName("media"))
                .settings(HookSettings.DEFAULT.withMode(HookSettings.Mode.BLOCK))
                .environment(Map.of("REPLICATOR_ENV", "production", "REPLICATOR_DEPLOYMENT_ID", "release-1"));
    }

    @Test
    void stopsAndGivesTheLeaseBack() throws IOException, InterruptedException {
        Files.createDirectories(directory.resolve("dev"));
        for (int i = 0; i < OBJECTS; i++) {
            Files.writeString(directory.resolve("dev/" + i), "x");
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Waiting.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.lines().anyMatch("planned"::equals)).isTrue();
            assertThat(hook(directory).build().status().lease()).get().matches(HookStatus.LeaseStatus::held);

            process.destroy();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        HookStatus status = hook(directory).build().status();
        assertThat(status.lease().filter(HookStatus.LeaseStatus::held)).isEmpty();
        assertThat(status.marker()).isEmpty();
    }
}
