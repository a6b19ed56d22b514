package dev.replicator.config;

import dev.replicator.config.binding.Kinds;
import dev.replicator.config.binding.Shape;
import dev.replicator.config.binding.Slot.Named;
import dev.replicator.config.binding.Slot.Value;

/** The file's outermost keys. */
final class ConfigKeys {
    static final Value<Long> VERSION = new Value<>("version", Kinds.whole(1, 1), "1", "Version of this format.");
    static final Named STORES =
            new Named("stores", StoreKeys.STORE, "Buckets and directories by a name that jobs refer to.");
    static final Named JOBS = new Named("jobs", JobKeys.JOB, "What is replicated, by the job's name.");
    static final Shape FILE = Shape.of(VERSION, STORES, JOBS, ServerKeys.SERVER, NotificationKeys.NOTIFICATIONS);

    private ConfigKeys() {}
}
