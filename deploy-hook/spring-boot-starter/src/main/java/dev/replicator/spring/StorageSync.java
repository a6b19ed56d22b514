package dev.replicator.spring;

import org.springframework.beans.factory.InitializingBean;

/** The hook's pass as a bean that others can depend on: made lazily, so that without such it runs in its own phase. */
final class StorageSync implements InitializingBean {
    static final String BEAN = "replicatorStorageSync";

    private final HookLifecycle lifecycle;

    StorageSync(HookLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public void afterPropertiesSet() {
        lifecycle.runIfBlocking();
    }
}
