package dev.replicator.hook;

import dev.replicator.execute.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pass in the caller's thread. When the process is asked to end meanwhile, the pass is cancelled, and the process waits
 * until the lease is given back.
 */
final class UntilShutdown {
    private static final Logger log = LoggerFactory.getLogger(UntilShutdown.class);

    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread closer = new Thread(this::stop, "replicator-hook-shutdown");

    private UntilShutdown() {}

    static HookResult run(Function<Cancellation, HookResult> pass) {
        return new UntilShutdown().guarded(pass);
    }

    private HookResult guarded(Function<Cancellation, HookResult> pass) {
        try {
            Runtime.getRuntime().addShutdownHook(closer);
        } catch (IllegalStateException e) {
            cancellation.cancel("the process is ending");
        }
        try {
            return pass.apply(cancellation);
        } finally {
            ended.countDown();
            forget();
        }
    }

    private void stop() {
        cancellation.cancel("the process is asked to end");
        try {
            if (!ended.await(BackgroundHook.GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("the hook's run did not stop within {}; its lease will expire", BackgroundHook.GRACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(closer);
        } catch (IllegalStateException e) {
            log.debug("the process is ending");
        }
    }
}
