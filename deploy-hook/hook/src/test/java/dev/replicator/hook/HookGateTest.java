package dev.replicator.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.replicator.config.Configuration;
import dev.replicator.config.JobConfig;
import dev.replicator.execute.Cancellation;
import dev.replicator.hook.HookResult.Kind;
import dev.replicator.job.HookSettings;
import dev.replicator.job.HookSettings.Mode;
import dev.replicator.job.HookSettings.OnFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Rows of the contract's table that are decided before a lease is asked for. */
class HookGateTest {
    private final World world = new World();

    @Nested
    class Inactive {
        @Test
        void outsideOfProductionNothingIsTouched() {
            HookResult result = world.hook("r1")
                    .environment(Map.of("REPLICATOR_DEPLOYMENT_ID", "r1"))
                    .settings(HookSettings.DEFAULT.withOnFailure(OnFailure.FAIL))
                    .build()
                    .run();

            assertThat(result.kind()).isEqualTo(Kind.INACTIVE);
            assertThat(result.exitCode()).isZero();
            assertThat(world.control.names()).isEmpty();
            assertThat(world.engine.runs()).isEmpty();
        }

        @Test
        void switchedOffItIsInactiveInProductionToo() {
            assertThat(world.run("r1", settings -> settings.withMode(Mode.OFF)).kind())
                    .isEqualTo(Kind.INACTIVE);
        }

        @Test
        void theSwitchWorksWithoutAnyConfiguration() {
            HookResult result = DeployHook.builder()
                    .configuration(empty(Optional.of("set DEV_STORAGE_BUCKET")))
                    .environment(Map.of("REPLICATOR_ENV", "production", "REPLICATOR_HOOK_MODE", "off"))
                    .machinery(world.machinery("web-1"))
                    .build()
                    .run();

            assertThat(result.kind()).isEqualTo(Kind.INACTIVE);
        }
    }

    @Nested
    class NotConfigured {
        @Test
        void theVariableToSetIsNamed() {
            HookResult result = hook(empty(Optional.of("PROD_STORAGE_BUCKET is not set")), OnFailure.WARN);

            assertThat(result.kind()).isEqualTo(Kind.NOT_CONFIGURED);
            assertThat(result.message()).contains("PROD_STORAGE_BUCKET");
            assertThat(result.exitCode(OnFailure.WARN)).isZero();
            assertThat(result.exitCode(OnFailure.FAIL)).isEqualTo(2);
        }

        @Test
        void severalJobsAreAmbiguous() {
            JobConfig job = new JobConfig(World.JOB, HookSettings.DEFAULT);
            Configuration two = new Configuration(
                    Optional.empty(), Map.of("media", job, "site", job), Map.of(), List.of(), Optional.empty());

            assertThat(hook(two, OnFailure.WARN).kind()).isEqualTo(Kind.NOT_CONFIGURED);
            assertThat(hook(two, OnFailure.WARN).message()).contains("media").contains("site");
        }

        @Test
        void withoutADeploymentIdItCantKnowWhatIsNew() {
            HookResult result = world.hook("r1")
                    .environment(Map.of("REPLICATOR_ENV", "production"))
                    .build()
                    .run();

            assertThat(result.kind()).isEqualTo(Kind.NOT_CONFIGURED);
            assertThat(result.message()).contains("REPLICATOR_DEPLOYMENT_ID");
            assertThat(world.engine.runs()).isEmpty();
        }

        @Test
        void underFailItThrows() {
            assertThatThrownBy(() -> hook(empty(Optional.empty()), OnFailure.FAIL))
                    .asInstanceOf(type(DeployHookException.class))
                    .extracting(thrown -> thrown.result().kind())
                    .isEqualTo(Kind.NOT_CONFIGURED);
        }

        private HookResult hook(Configuration configuration, OnFailure policy) {
            return DeployHook.builder()
                    .configuration(configuration)
                    .settings(HookSettings.DEFAULT.withOnFailure(policy))
                    .environment(Map.of("REPLICATOR_ENV", "production", "REPLICATOR_DEPLOYMENT_ID", "r1"))
                    .machinery(world.machinery("web-1"))
                    .build()
                    .run();
        }
    }

    @Nested
    class Validated {
        @Test
        void validateOnlyComparesAndWritesNothing() {
            HookResult result = world.run("r1", settings -> settings.withMode(Mode.VALIDATE_ONLY));

            assertThat(result.kind()).isEqualTo(Kind.VALIDATED);
            assertThat(result.message()).contains("3 missing");
            assertThat(result.exitCode(OnFailure.WARN)).isZero();
            assertThat(result.exitCode(OnFailure.FAIL)).isEqualTo(3);
            assertThat(world.control.names()).isEmpty();
            assertThat(world.prod.names()).isEmpty();
        }

        @Test
        void aValidationThatTakesTooLongIsStopped() {
            world.engine.beforeEachComparison(() -> world.time.advance(Duration.ofMinutes(20)));

            HookResult result = world.run("r1", settings -> settings.withMode(Mode.VALIDATE_ONLY));

            assertThat(result.kind()).isEqualTo(Kind.VALIDATED);
            assertThat(result.message()).contains("timeout").contains("1 missing");
            assertThat(result.exitCode(OnFailure.FAIL)).isEqualTo(8);
        }

        @Test
        void aValidationEndsWithTheApplication() {
            Cancellation cancellation = new Cancellation();
            world.engine.beforeEachComparison(() -> cancellation.cancel("SIGTERM"));

            HookResult result = world.hook("r1")
                    .settings(HookSettings.DEFAULT.withMode(Mode.VALIDATE_ONLY))
                    .build()
                    .run(cancellation);

            assertThat(result.message()).contains("SIGTERM").contains("0 missing");
        }

        @Test
        void equalSidesAreValid() {
            world.run("r1");

            HookResult result = world.run("r1", settings -> settings.withMode(Mode.VALIDATE_ONLY));

            assertThat(result.exitCode(OnFailure.FAIL)).isZero();
        }
    }

    private static Configuration empty(Optional<String> why) {
        return new Configuration(Optional.empty(), Map.of(), Map.of(), List.of(), why);
    }
}
