package dev.replicator.config.legacy;

import dev.replicator.job.ReplicationJob;
import dev.replicator.store.StoreSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the legacy variables amount to. */
public sealed interface LegacyResult {
    /** A job. */
    record Configured(ReplicationJob job, Map<String, StoreSettings> stores, List<String> warnings)
            implements LegacyResult {}

    /** No job; the reason names the variable to set. */
    record Missing(String reason) implements LegacyResult {}

    default <R> R match(Function<Configured, R> configured, Function<Missing, R> missing) {
        return this instanceof Configured found ? configured.apply(found) : missing.apply((Missing) this);
    }
}
