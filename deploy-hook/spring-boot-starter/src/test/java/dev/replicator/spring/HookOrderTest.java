package dev.replicator.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.hook.HookHandle;
import dev.replicator.hook.HookResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/** When the hook runs among what else an application does as it starts. */
@Timeout(60)
class HookOrderTest {
    @TempDir
    Path directory;

    /** What happened, in order. */
    static final class Journal {
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        void note(String line) {
            lines.add(line);
        }

        List<String> lines() {
            return List.copyOf(lines);
        }
    }

    /** Notes the hook's result, and whether the web server had a port by then. */
    static final class Witness {
        private final Journal journal;
        private final Environment environment;

        Witness(Journal journal, Environment environment) {
            this.journal = journal;
            this.environment = environment;
        }

        @EventListener
        void heard(HookResult result) {
            journal.note(result.kind() + (environment.containsProperty("local.server.port") ? " serving" : " closed"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Shop {
        @Bean
        Journal journal() {
            return new Journal();
        }

        @Bean
        Witness witness(Journal journal, Environment environment) {
            return new Witness(journal, environment);
        }

        @Bean
        InitializingBean seeder(Journal journal, @Value("${test.directory}") Path directory) {
            return () -> {
                TestApplication.write(directory.resolve("dev/public/seeded.txt"), "seeded");
                journal.note("seeded");
            };
        }

        @Bean
        ApplicationRunner runner(Journal journal, @Value("${test.directory}") Path directory) {
            return arguments -> {
                TestApplication.write(directory.resolve("dev/public/late.txt"), "late");
                journal.note("runner");
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Gallery {
        @Bean
        @DependsOnStorageSync
        String aGallery(Journal journal, @Value("${test.directory}") Path directory) {
            journal.note("gallery "
                    + (Files.exists(directory.resolve("prod/public/seeded-first.txt")) ? "filled" : "empty"));
            return "gallery";
        }

        @Bean
        @BeforeStorageSync
        InitializingBean zFirst(Journal journal, @Value("${test.directory}") Path directory) {
            return () -> {
                TestApplication.write(directory.resolve("dev/public/seeded-first.txt"), "seeded");
                journal.note("seeded first");
            };
        }
    }

    @Test
    void blockRunsAfterTheInitialisersAndBeforeTheWebServer() {
        try (ConfigurableApplicationContext context = TestApplication.web(
                        directory, TestApplication.Auto.class, Shop.class)
                .withJob()
                .with("replicator.jobs.media.hook.mode=block")
                .start()) {
            assertThat(context.getBean(Journal.class).lines()).containsExactly("seeded", "SYNCED closed", "runner");
            assertThat(directory.resolve("prod/public/seeded.txt")).exists();
            assertThat(directory.resolve("prod/public/late.txt")).doesNotExist();
            assertThat(context.getEnvironment().containsProperty("local.server.port"))
                    .isTrue();
        }
    }

    @Test
    void aBeanThatDependsOnTheSyncIsMadeAfterItAndWhatTheSyncDependsOnBefore() {
        try (ConfigurableApplicationContext context = TestApplication.plain(
                        directory, TestApplication.Auto.class, Gallery.class, Shop.class)
                .withJob()
                .with("replicator.jobs.media.hook.mode=block")
                .start()) {
            assertThat(context.getBean(Journal.class).lines())
                    .containsSubsequence("seeded first", "gallery filled", "runner");
            assertThat(context.getBean(HookHandle.class).latest())
                    .get()
                    .extracting(HookResult::kind)
                    .isEqualTo(HookResult.Kind.SYNCED);
        }
    }

    @Test
    void lazyInitialisationDoesNotLoseTheHook() {
        try (ConfigurableApplicationContext context = TestApplication.plain(
                        directory, TestApplication.Auto.class, Shop.class)
                .withJob()
                .with("replicator.jobs.media.hook.mode=block")
                .with("spring.main.lazy-initialization=true")
                .start()) {
            assertThat(context.getBean(HookHandle.class).latest()).isPresent();
            assertThat(directory.resolve("prod/public/logo.svg")).exists();
        }
    }

    @Test
    void backgroundStartsWhenTheRunnersHaveEnded() throws InterruptedException {
        try (ConfigurableApplicationContext context = TestApplication.web(
                        directory, TestApplication.Auto.class, Shop.class)
                .withJob()
                .start()) {
            HookHandle handle = context.getBean(HookHandle.class);

            assertThat(handle.await(Duration.ofSeconds(30)))
                    .get()
                    .extracting(HookResult::kind)
                    .isEqualTo(HookResult.Kind.SYNCED);
            assertThat(context.getBean(Journal.class).lines()).containsExactly("seeded", "runner", "SYNCED serving");
            assertThat(directory.resolve("prod/public/late.txt")).exists();
        }
    }

    @Test
    void aSecondStartOfTheDeploymentCopiesNothing() {
        for (String expected : List.of("SYNCED closed", "ALREADY_APPLIED closed")) {
            try (ConfigurableApplicationContext context = TestApplication.plain(
                            directory, TestApplication.Auto.class, Shop.class)
                    .withJob()
                    .with("replicator.jobs.media.hook.mode=block")
                    .start()) {
                assertThat(context.getBean(Journal.class).lines()).contains(expected);
            }
        }
    }
}
