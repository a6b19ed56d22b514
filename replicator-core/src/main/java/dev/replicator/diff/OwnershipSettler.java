package dev.replicator.diff;

import dev.replicator.baseline.Intent;
import dev.replicator.baseline.ObjectState;
import dev.replicator.baseline.PairBaseline;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import java.util.Map;
import java.util.Optional;

/**
 * Tells by one head whether a stopped run of ours wrote an object: its notes name that run's operation and the source's
 * version that the run was about to copy. Notes alone prove nothing: whoever restores an old version restores them too.
 * Thread-safe.
 */
public final class OwnershipSettler {
    private final ObjectStore destination;
    private final PairBaseline baseline;

    public OwnershipSettler(ObjectStore destination, PairBaseline baseline) {
        this.destination = destination;
        this.baseline = baseline;
    }

    /** What comparing says, now that it is known whose the object is; others' where asking failed for it alone. */
    public Change settle(Change.PerhapsOurs open) {
        try {
            Optional<ObjectMeta> found = destination.head(open.key());
            Optional<Intent> ours = open.intents().stream()
                    .filter(intent -> found.isPresent() && isOf(intent, found.get(), open.destination()))
                    .findFirst();
            return ours.map(intent -> ours(intent, open)).orElseGet(open::otherwise);
        } catch (CredentialsException | BucketNotFoundException e) {
            throw e;
        } catch (RuntimeException e) {
            baseline.leaveOpen();
            return open.otherwise();
        }
    }

    private Change ours(Intent intent, Change.PerhapsOurs open) {
        baseline.adopt(intent, open.destination());
        return intent.isUnderOthersMetadata(open.destination())
                ? new Change.Retouched(open.ours(), open.destination(), false, true)
                : open.ours();
    }

    private static boolean isOf(Intent intent, ObjectMeta found, ObjectMeta listed) {
        Map<String, String> notes = found.metadata().map(ObjectMetadata::user).orElse(Map.of());
        Optional<ObjectState> source = intent.source();
        return source.isPresent()
                && found.version().equals(listed.version())
                && found.size() == source.get().size()
                && source.get().version().token().equals(notes.get(ObjectMetadata.SOURCE_VERSION))
                && notes.getOrDefault(ObjectMetadata.OPERATION, "").startsWith(intent.runId() + "-");
    }
}
