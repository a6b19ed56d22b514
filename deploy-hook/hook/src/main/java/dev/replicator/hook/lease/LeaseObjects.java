package dev.replicator.hook.lease;

import dev.replicator.hook.control.ControlObjects;
import dev.replicator.hook.control.LeaseOwner;
import dev.replicator.store.ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A lease's objects, whose requests end within its TTL. Thread-safe. */
final class LeaseObjects {
    private static final int MAX_RECORD = 16 * 1024;

    private final ControlObjects objects;
    private final Attempts attempts;
    private final Duration ttl;

    LeaseObjects(ControlObjects objects, Attempts attempts, Duration ttl) {
        this.objects = objects;
        this.attempts = attempts;
        this.ttl = ttl;
    }

    /** False when another's is there; an earlier attempt of ours counts as ours. */
    boolean create(String name, byte[] bytes) {
        return attempts.soon(ttl, () -> objects.create(name, bytes));
    }

    /** Empty when there is none, or nothing that can be understood. */
    Optional<LeaseOwner> owner(String name) {
        return attempts.soon(ttl, () -> objects.read(name, MAX_RECORD))
                .flatMap(ControlObjects.Content::bytes)
                .flatMap(LeaseOwner::parse);
    }

    List<ObjectMeta> list(String beginning) {
        return attempts.soon(ttl, () -> objects.list(beginning));
    }

    void delete(String name) {
        attempts.soon(ttl, () -> {
            objects.delete(name);
            return true;
        });
    }

    Instant now(Supplier<Instant> local) {
        return objects.now(local);
    }
}
