package dev.replicator.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.hook.DeployHook;
import dev.replicator.hook.HookHandle;
import dev.replicator.plan.Action;
import dev.replicator.report.RunListener;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that ends while the hook works. */
@Timeout(60)
class ShutdownTest {
    @TempDir
    Path directory;

    /** Holds the run before its first object until it is told to go on. */
    static final class Gate implements RunListener {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        @Override
        public void planned(Action action) {
            reached.countDown();
            try {
                assertThat(open.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Held {
        @Bean
        Gate gate() {
            return new Gate();
        }

        @Bean
        DeployHookCustomizer listening(Gate gate) {
            return builder -> builder.listener(gate);
        }
    }

    @Test
    void closingTheContextStopsTheRunAndGivesTheLeaseBack() throws InterruptedException {
        ConfigurableApplicationContext context = TestApplication.plain(
                        directory, TestApplication.Auto.class, Held.class)
                .withJob()
                .start();
        DeployHook hook = context.getBean(DeployHook.class);
        HookHandle handle = context.getBean(HookHandle.class);
        Gate gate = context.getBean(Gate.class);
        assertThat(gate.reached.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(hook.status().lease()).get().matches(lease -> lease.held(), "held");

        Thread closer = new Thread(context::close, "closer");
        closer.start();
        awaitWaiting(closer);
        gate.open.countDown();
        closer.join(TimeUnit.SECONDS.toMillis(30));

        assertThat(closer.isAlive()).isFalse();
        assertThat(handle.latest()).get().matches(result -> !result.isGood(), "stopped");
        assertThat(hook.status().lease().filter(lease -> lease.held())).isEmpty();
        assertThat(directory.resolve("prod/public/logo.svg")).doesNotExist();
    }

    /** Until the closer waits for the hook, which it does after the run was told to stop. */
    private static void awaitWaiting(Thread closer) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (closer.getState() != Thread.State.TIMED_WAITING && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(closer.getState()).isEqualTo(Thread.State.TIMED_WAITING);
    }
}
