package dev.replicator.testkit.gcs.store;

import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What must hold of the live object; a generation of 0 stands for there being none. From "Request preconditions" of
 * the Cloud Storage documentation.
 */
public record Preconditions(
        OptionalLong generationMatch,
        OptionalLong generationNotMatch,
        OptionalLong metagenerationMatch,
        OptionalLong metagenerationNotMatch) {
    public static final Preconditions NONE =
            new Preconditions(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    public static Preconditions generation(long generation) {
        return new Preconditions(
                OptionalLong.of(generation), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    /** Refuses a read of this object; as {@link #check}. */
    public void check(StoredObject object) {
        check(Optional.of(object));
    }

    /**
     * Refuses a request while this object is live, or none: with 412 where something had to match, with 304 where
     * something had not to, which includes that there had to be an object.
     */
    public void check(Optional<StoredObject> live) {
        long generation = live.map(StoredObject::generation).orElse(0L);
        long metageneration = live.map(StoredObject::metageneration).orElse(0L);
        boolean matches = (generationMatch.isEmpty() || generationMatch.getAsLong() == generation)
                && (metagenerationMatch.isEmpty() || metagenerationMatch.getAsLong() == metageneration);
        if (!matches) {
            throw GcsRefusal.conditionNotMet();
        }
        boolean differs = (generationNotMatch.isEmpty() && metagenerationNotMatch.isEmpty())
                || (live.isPresent()
                        && (generationNotMatch.isEmpty() || generationNotMatch.getAsLong() != generation)
                        && (metagenerationNotMatch.isEmpty() || metagenerationNotMatch.getAsLong() != metageneration));
        if (!differs) {
            throw GcsRefusal.of(Reason.NOT_MODIFIED);
        }
    }
}
