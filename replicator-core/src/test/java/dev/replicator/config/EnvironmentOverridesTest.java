package dev.replicator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.job.HookSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentOverridesTest {
    private static final String HOOK =
            "hook: { mode: block, environment: staging, deployment-id: v1, min-interval: 2h, lease-ttl: 40s }";

    @TempDir
    Path directory;

    Setup setup;

    @BeforeEach
    void setUp() {
        setup = new Setup(directory);
    }

    @Test
    void theEnvironmentGoesBeforeTheFile() {
        setup.with("REPLICATOR_ENV", "production")
                .with("REPLICATOR_DEPLOYMENT_ID", " v2 ")
                .with("REPLICATOR_MIN_INTERVAL", "15m")
                .with("REPLICATOR_LEASE_TTL", "PT1M")
                .with("REPLICATOR_HOOK_MODE", "off");

        HookSettings hook = setup.job(HOOK).hook();

        assertThat(hook)
                .isEqualTo(HookSettings.DEFAULT
                        .withEnvironment("production")
                        .withDeploymentId("v2")
                        .withMinInterval(Duration.ofMinutes(15))
                        .withLeaseTtl(Duration.ofMinutes(1))
                        .withMode(HookSettings.Mode.OFF));
        assertThat(setup.load().warnings()).isEmpty();
    }

    @Test
    void theFileGoesBeforeTheDefault() {
        assertThat(setup.job(HOOK).hook())
                .isEqualTo(HookSettings.DEFAULT
                        .withMode(HookSettings.Mode.BLOCK)
                        .withEnvironment("staging")
                        .withDeploymentId("v1")
                        .withMinInterval(Duration.ofHours(2))
                        .withLeaseTtl(Duration.ofSeconds(40)));
    }

    @Test
    void anIntervalFromTheEnvironmentIsExplicit() {
        assertThat(setup.job("").hook().minIntervalExplicit()).isFalse();

        setup.with("REPLICATOR_MIN_INTERVAL", "1h");

        assertThat(setup.job("").hook().minIntervalExplicit()).isTrue();
    }

    @Test
    void theOverridesReachTheLegacyJob() {
        setup.with("DEV_STORAGE_BUCKET", "s3://dev-b")
                .with("PROD_STORAGE_BUCKET", "s3://prod-b")
                .with("REPLICATOR_HOOK_MODE", "validate-only");

        assertThat(setup.load().jobs().get("default").hook().mode()).isEqualTo(HookSettings.Mode.VALIDATE_ONLY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REPLICATOR_MIN_INTERVAL | often | REPLICATOR_MIN_INTERVAL is ignored: its value is not a duration; write 30m, 1h30m, 500ms, 2d or PT30M",
                "REPLICATOR_MIN_INTERVAL | -PT1H | REPLICATOR_MIN_INTERVAL is ignored: its value is negative; a duration is 0 or more",
                "REPLICATOR_LEASE_TTL | 5ms | REPLICATOR_LEASE_TTL is ignored: its value is too short; 1s is the least",
                "REPLICATOR_HOOK_MODE | blok | REPLICATOR_HOOK_MODE is ignored: its value is none of background, block, validate-only, off; did you mean 'block'?",
                "REPLICATOR_DEPLOYMENT_ID | 'a\u0007b' | REPLICATOR_DEPLOYMENT_ID is ignored: its value holds a control character",
            })
    void anInvalidValueWarnsTheForgivingAndLeavesTheFiles(String variable, String value, String warning) {
        HookSettings fromFile = setup.job(HOOK).hook();

        setup.with(variable, value);

        Configuration forgiven = setup.loader().loadForgiving(Optional.empty());
        assertThat(forgiven.jobs().get("j").hook()).isEqualTo(fromFile);
        assertThat(forgiven.warnings()).containsExactly(warning);
    }

    @Test
    void invalidValuesAreRefusedAllAtOnce() {
        setup.write("replicator.yaml", Setup.withJob(HOOK));
        setup.with("REPLICATOR_LEASE_TTL", "5ms").with("REPLICATOR_HOOK_MODE", "blok");

        assertThatThrownBy(setup::load)
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refused -> assertThat(refused.problems())
                                .containsExactly(
                                        "REPLICATOR_LEASE_TTL: its value is too short; 1s is the least",
                                        "REPLICATOR_HOOK_MODE: its value is none of background, block, validate-only, off;"
                                                + " did you mean 'block'?"));
    }

    @Test
    void anEmptyVariableIsUnset() {
        setup.with("REPLICATOR_HOOK_MODE", "").with("REPLICATOR_ENV", "  ");

        Configuration configuration = setup.load(Setup.withJob(""));

        assertThat(configuration.jobs().get("j").hook()).isEqualTo(HookSettings.DEFAULT);
        assertThat(configuration.warnings()).isEmpty();
    }
}
