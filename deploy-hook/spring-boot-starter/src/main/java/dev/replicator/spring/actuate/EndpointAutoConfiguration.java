package dev.replicator.spring.actuate;

import dev.replicator.hook.DeployHook;
import dev.replicator.spring.ReplicatorAutoConfiguration;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The endpoint, where the application has Actuator; who may reach it is Actuator's to say. */
@AutoConfiguration(after = ReplicatorAutoConfiguration.class)
@ConditionalOnClass(Endpoint.class)
@ConditionalOnBean(DeployHook.class)
public final class EndpointAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    ReplicatorEndpoint replicatorEndpoint(DeployHook hook) {
        return new ReplicatorEndpoint(hook);
    }
}
