package dev.replicator.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.hook.DeployHook;
import dev.replicator.hook.DeployHookException;
import dev.replicator.hook.HookHandle;
import dev.replicator.hook.HookResult;
import dev.replicator.hook.HookStatus;
import dev.replicator.hook.ManualSync;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/** What the application gets, what it may replace, and what a failure does to it. */
@Timeout(60)
class HookConditionsTest {
    @TempDir
    Path directory;

    @Configuration(proxyBeanMethods = false)
    static class OwnHook {
        static final DeployHook HOOK = DeployHook.builder().deploymentId("own").build();

        @Bean
        DeployHook ownHook() {
            return HOOK;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherRelease {
        @Bean
        DeployHookCustomizer otherRelease() {
            return builder -> builder.deploymentId("release-2");
        }
    }

    @Test
    void switchedOffItDoesNotStartButCanBeTriggered() {
        try (ConfigurableApplicationContext context =
                plain().withJob().with("replicator.hook.enabled=false").start()) {
            assertThat(context.getBeanNamesForType(HookHandle.class)).isEmpty();

            ManualSync sync = context.getBean(DeployHook.class).triggerManualSync();

            assertThat(sync.success()).as(sync.message()).isTrue();
            assertThat(context.getBean(DeployHook.class).validate().valid()).isTrue();
            assertThat(directory.resolve("prod/public/logo.svg")).exists();
        }
    }

    @Test
    void theApplicationsOwnHookIsUsed() {
        try (ConfigurableApplicationContext context = TestApplication.plain(
                        directory, TestApplication.Auto.class, OwnHook.class)
                .start()) {
            assertThat(context.getBean(DeployHook.class)).isSameAs(OwnHook.HOOK);
        }
    }

    @Test
    void aCustomizerHasTheLastWord() {
        try (ConfigurableApplicationContext context = TestApplication.plain(
                        directory, TestApplication.Auto.class, OtherRelease.class)
                .withJob()
                .start()) {
            assertThat(context.getBean(DeployHook.class).status().deployment()).contains("release-2");
        }
    }

    @Test
    void anActiveProfileNamedProdIsProduction() {
        try (ConfigurableApplicationContext context = plain().with(
                        "replicator.jobs.media.source=" + directory.resolve("dev"))
                .with("replicator.jobs.media.destination=" + directory.resolve("prod"))
                .with("replicator.hook.enabled=false")
                .with("spring.profiles.active=eu,prod")
                .start()) {
            assertThat(context.getBean(DeployHook.class).status().environment()).isEqualTo("production");
        }
    }

    @Test
    void aFileIsReadWhereThereAreNoProperties() {
        Path file = directory.resolve("elsewhere.yaml");
        TestApplication.write(
                file,
                "version: 1\njobs: { media: { source: " + directory.resolve("dev") + ", destination: "
                        + directory.resolve("prod") + ", hook: { mode: off } } }\n");
        try (ConfigurableApplicationContext context =
                plain().with("replicator.config=" + file).start()) {
            HookStatus status = context.getBean(DeployHook.class).status();
            assertThat(status.configured()).as(status.configuredReason()).isTrue();
            assertThat(status.hookReason()).contains("hook.mode: off");
        }
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        try (ConfigurableApplicationContext context = plain().with(
                        "replicator.config=" + directory.resolve("gone.yaml"))
                .start()) {
            assertThat(context.getBean(DeployHook.class).status().configuredReason())
                    .contains("gone.yaml: there is no such file");
        }
    }

    @Test
    void aFailureStaysInTheLog() {
        try (ConfigurableApplicationContext context = withMissingSource()
                .with("replicator.jobs.media.hook.mode=block")
                .start()) {
            assertThat(context.getBean(HookHandle.class).latest())
                    .get()
                    .extracting(HookResult::isGood)
                    .isEqualTo(false);
        }
    }

    @Test
    void aFailureFailsTheApplicationThatAskedForItAndIsExplained() {
        TestApplication application = withMissingSource()
                .with("replicator.jobs.media.hook.mode=block")
                .with("replicator.jobs.media.hook.on-failure=fail");

        assertThatThrownBy(application::start).satisfies(failure -> {
            FailureAnalysis analysis = registered().analyze(failure);
            assertThat(analysis.getDescription()).contains("The deploy hook ended", "on-failure: fail");
            assertThat(analysis.getAction()).contains("on-failure: warn");
        });
    }

    @Test
    void anUnknownKeyIsNamedAndTheApplicationStarts() {
        try (ConfigurableApplicationContext context =
                plain().withJob().with("replicator.jobs.media.sorce=x").start()) {
            assertThat(context.getBean(DeployHook.class).status().configuredReason())
                    .contains("unknown key 'sorce' in jobs.media; did you mean 'source'?");
            assertThat(directory.resolve("prod")).doesNotExist();
        }
    }

    @Test
    void anUnknownKeyFailsTheApplicationThatAskedForIt() {
        TestApplication application = plain().withJob()
                .with("replicator.jobs.media.sorce=x")
                .with("replicator.jobs.media.hook.mode=block")
                .with("replicator.jobs.media.hook.onFailure=fail");

        assertThatThrownBy(application::start)
                .rootCause()
                .isInstanceOf(DeployHookException.class)
                .hasMessageStartingWith("NOT_CONFIGURED")
                .hasMessageContaining("sorce");
    }

    /** As Boot finds it; its other analysers want arguments, and are of no interest. */
    private static HookFailureAnalyzer registered() {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, null, FailureHandler.handleMessage((message, failure) -> {}))
                .stream()
                .filter(HookFailureAnalyzer.class::isInstance)
                .map(HookFailureAnalyzer.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private TestApplication plain() {
        return TestApplication.plain(directory, TestApplication.Auto.class);
    }

    private TestApplication withMissingSource() {
        return plain().with("replicator.jobs.media.source=" + directory.resolve("nowhere"))
                .with("replicator.jobs.media.destination=" + directory.resolve("prod"))
                .with("replicator.jobs.media.hook.environment=production")
                .with("replicator.jobs.media.hook.deployment-id=release-1");
    }
}
