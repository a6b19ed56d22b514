package dev.replicator.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Role: tells, without touching the store, what of an object's metadata it will hold. */
public interface MetadataRules {
    /** What a head and the tags will show of an object written with {@code wanted}, and what that lacks of it. */
    Fitted fit(ObjectMetadata wanted);

    /**
     * What of {@code found} an object lacks that the service itself copied from one with it: what the service takes for
     * the object's own, not for its description.
     */
    default List<MetadataLoss> lostByCopy(ObjectMetadata found) {
        return fit(ObjectMetadata.NONE.withTraits(found.traits())).losses();
    }

    /**
     * {@code metadata} with the write's operation where there is room for it beside what will be kept. An object without
     * it does not tell who wrote it: after a lost answer it is ours only by the ETag of its parts, else it is called
     * changed by another, left as it is, and found equal by the next comparison.
     */
    default ObjectMetadata withOperation(ObjectMetadata metadata, Optional<String> operation) {
        if (operation.isEmpty()) {
            return metadata;
        }
        ObjectMetadata noted = metadata.withUser(ObjectMetadata.OPERATION, operation.get());
        Map<String, String> others = new HashMap<>(fit(noted).kept().user());
        boolean roomy = operation.get().equals(others.remove(ObjectMetadata.OPERATION))
                && others.equals(fit(metadata.withoutOperation()).kept().user());
        return roomy ? noted : metadata;
    }

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
