package dev.replicator.spring;

import dev.replicator.hook.DeployHook;
import dev.replicator.hook.DeployHookBuilder;
import dev.replicator.hook.HookHandle;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;

/**
 * A {@link DeployHook} for the application to trigger, validate and ask, and, unless {@code replicator.hook.enabled} is
 * false, the start of it, whose {@link HookHandle} is a bean too. Every result is published as an event.
 */
@AutoConfiguration
public final class ReplicatorAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    DeployHook deployHook(ConfigurableApplicationContext context, ObjectProvider<DeployHookCustomizer> customizers) {
        ClassLoader loader =
                context.getClassLoader() == null ? DeployHook.class.getClassLoader() : context.getClassLoader();
        DeployHookBuilder builder =
                SpringConfiguration.hook(context.getEnvironment(), loader).onResult(context::publishEvent);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    /** The start; left out where the application starts the hook itself. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "replicator.hook.enabled", matchIfMissing = true)
    @ConditionalOnMissingBean(HookHandle.class)
    static class Start {
        @Bean
        HookLifecycle replicatorHook(DeployHook hook, ApplicationContext context) {
            return new HookLifecycle(hook, context);
        }

        @Bean(StorageSync.BEAN)
        @Lazy
        StorageSync replicatorStorageSync(HookLifecycle lifecycle) {
            return new StorageSync(lifecycle);
        }

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static StorageSyncOrder replicatorStorageSyncOrder() {
            return new StorageSyncOrder();
        }
    }
}
