package dev.replicator.spring;

import dev.replicator.hook.DeployHookBuilder;

/** A bean of this type changes the hook before it is built, after the properties: a listener of its runs, for example. */
@FunctionalInterface
public interface DeployHookCustomizer {
    void customize(DeployHookBuilder builder);
}
