package dev.replicator.hook;

import java.time.Duration;
import java.util.Optional;

/** The handle of a pass that ended before it was handed out. */
record EndedHook(HookResult result) implements HookHandle {
    @Override
    public Optional<HookResult> await(Duration longest) {
        return Optional.of(result);
    }

    @Override
    public Optional<HookResult> latest() {
        return Optional.of(result);
    }

    @Override
    public void close() {}
}
