package dev.replicator.spring.actuate;

import dev.replicator.hook.DeployHook;
import dev.replicator.hook.HookHandle;
import dev.replicator.spring.ReplicatorAutoConfiguration;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** The hook's health in Spring Boot 3. */
@AutoConfiguration(after = ReplicatorAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean({DeployHook.class, HookHandle.class})
@Conditional(HealthIsEnabled.class)
public final class BootThreeHealthAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "replicatorHealthIndicator")
    HealthIndicator replicatorHealthIndicator(DeployHook hook, HookHandle handle) {
        return () -> {
            HookHealth health = HookHealth.of(hook, handle);
            Health.Builder builder = health.up() ? Health.up() : Health.down();
            return builder.withDetails(health.details()).build();
        };
    }
}
