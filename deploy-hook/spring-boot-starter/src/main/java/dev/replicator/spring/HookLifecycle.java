package dev.replicator.spring;

import dev.replicator.hook.DeployHook;
import dev.replicator.hook.DeployHookException;
import dev.replicator.hook.HookHandle;
import dev.replicator.hook.HookResult;
import dev.replicator.job.HookSettings.Mode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the hook with the application and stops it with it. In mode {@code block} it runs when all singletons are made
 * and initialised, before the web server accepts requests, or earlier where a bean {@linkplain DependsOnStorageSync
 * depends} on it; else when the application is ready, runners included. It stops after the web server, and then gives the
 * lease back. Thread-safe.
 */
final class HookLifecycle implements SmartLifecycle, ApplicationListener<ApplicationReadyEvent>, HookHandle {
    /** Before listeners of queues, and before the web server, whose phase is the default's minus 2,048. */
    static final int PHASE = DEFAULT_PHASE - 4_096;

    private static final Logger log = LoggerFactory.getLogger(HookLifecycle.class);

    private final DeployHook hook;
    private final ApplicationContext context;
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile Optional<HookHandle> handle = Optional.empty();
    private volatile boolean running;

    HookLifecycle(DeployHook hook, ApplicationContext context) {
        this.hook = hook;
        this.context = context;
    }

    @Override
    public void start() {
        running = true;
        runIfBlocking();
    }

    /**
     * Runs the hook once in mode {@code block}; in others does nothing.
     *
     * @throws DeployHookException when it did not end well and the job says {@code on-failure: fail}
     */
    void runIfBlocking() {
        if (hook.settings().mode() == Mode.BLOCK) {
            startHook();
        }
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        if (event.getApplicationContext() == context && running) {
            startHook();
        }
    }

    private synchronized void startHook() {
        if (handle.isPresent()) {
            return;
        }
        try {
            handle = Optional.of(hook.start());
            started.countDown();
        } catch (DeployHookException e) {
            throw e;
        } catch (RuntimeException e) {
            log.warn("the deploy hook could not be started; the application goes on without", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        handle.ifPresent(HookHandle::close);
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public Optional<HookResult> await(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        if (!started.await(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        return handle.orElseThrow().await(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }

    @Override
    public Optional<HookResult> latest() {
        return handle.flatMap(HookHandle::latest);
    }
}
