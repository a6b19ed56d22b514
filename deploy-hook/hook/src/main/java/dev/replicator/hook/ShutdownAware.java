package dev.replicator.hook;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a handle when the process is asked to end, unless it was closed before. */
final class ShutdownAware implements HookHandle {
    private static final Logger log = LoggerFactory.getLogger(ShutdownAware.class);

    private final HookHandle delegate;
    private final Thread closer;

    private ShutdownAware(HookHandle delegate) {
        this.delegate = delegate;
        this.closer = new Thread(delegate::close, "replicator-hook-shutdown");
    }

    static HookHandle of(HookHandle delegate) {
        ShutdownAware handle = new ShutdownAware(delegate);
        try {
            Runtime.getRuntime().addShutdownHook(handle.closer);
        } catch (IllegalStateException e) {
            log.debug("the process is ending already");
        }
        return handle;
    }

    @Override
    public Optional<HookResult> await(Duration longest) throws InterruptedException {
        return delegate.await(longest);
    }

    @Override
    public Optional<HookResult> latest() {
        return delegate.latest();
    }

    @Override
    public void close() {
        delegate.close();
        try {
            Runtime.getRuntime().removeShutdownHook(closer);
        } catch (IllegalStateException e) {
            log.debug("the process is ending");
        }
    }
}
