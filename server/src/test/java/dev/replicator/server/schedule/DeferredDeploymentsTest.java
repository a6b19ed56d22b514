package dev.replicator.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.Replicator;
import dev.replicator.config.ConfigLoader;
import dev.replicator.config.Configuration;
import dev.replicator.hook.DeployHook;
import dev.replicator.hook.HookResult;
import dev.replicator.server.run.RunObserver;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A deployment that was deferred, and a server that comes by, over directories. */
@Timeout(60)
class DeferredDeploymentsTest {
    private final List<RunRecord> heard = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    @BeforeEach
    void deploy() throws IOException {
        Files.createDirectories(directory.resolve("dev"));
        Files.createDirectories(directory.resolve("prod"));
        Files.writeString(directory.resolve("dev/a"), "of a");
    }

    @Test
    void isRunOnceItIsDue() throws IOException {
        assertThat(hook("release-1", "2s").kind()).isEqualTo(HookResult.Kind.SYNCED);
        Files.writeString(directory.resolve("dev/b"), "of b");
        assertThat(hook("release-2", "2s").kind()).isEqualTo(HookResult.Kind.DEFERRED);

        try (DeferredDeployments deployments = started("2s")) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !heard.isEmpty());
        }

        assertThat(directory.resolve("prod/b")).hasContent("of b");
        assertThat(heard).singleElement().satisfies(run -> {
            assertThat(run.trigger().kind()).isEqualTo(Trigger.Kind.DEPLOYMENT);
            assertThat(run.trigger().by()).contains("release-2");
            assertThat(run.state().name()).isEqualTo("SUCCEEDED");
        });
        assertThat(hook("release-2", "2s").kind()).isEqualTo(HookResult.Kind.ALREADY_APPLIED);
    }

    private DeferredDeployments started(String interval) {
        RunObserver observer = new RunObserver() {
            @Override
            public void changed(RunRecord run) {
                heard.add(run);
            }
        };
        return DeferredDeployments.start(
                configuration(interval),
                Replicator.create(),
                Clock.systemUTC(),
                "here",
                observer,
                Duration.ofMillis(200));
    }

    private HookResult hook(String deployment, String interval) {
        return DeployHook.builder()
                .configuration(configuration(interval))
                .jobName("media")
                .environment(Map.of("REPLICATOR_ENV", "production"))
                .deploymentId(deployment)
                .build()
                .run();
    }

    private Configuration configuration(String interval) {
        try {
            Files.writeString(directory.resolve("replicator.yaml"), """
                    version: 1
                    jobs:
                      media: { source: "./dev", destination: "./prod", hook: { min-interval: %s } }
                    """.formatted(interval));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return new ConfigLoader(directory, Map.of()).load(Optional.empty());
    }
}
