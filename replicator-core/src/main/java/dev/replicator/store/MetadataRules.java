package dev.replicator.store;

import java.util.List;

/** Role: tells, without touching the store, what of an object's metadata it will hold. */
public interface MetadataRules {
    /** What a head and the tags will show of an object written with {@code wanted}, and what that lacks of it. */
    Fitted fit(ObjectMetadata wanted);

    /**
     * Metadata cut to what a store holds.
     *
     * @param kept what to write; has no traits
     * @param losses in the order of headers, user metadata, tags, traits; empty when all is kept as it is
     */
    record Fitted(ObjectMetadata kept, List<MetadataLoss> losses) {
        public Fitted {
            losses = List.copyOf(losses);
        }
    }
}
