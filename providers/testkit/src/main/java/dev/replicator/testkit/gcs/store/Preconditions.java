package dev.replicator.testkit.gcs.store;

import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import java.util.Optional;
import java.util.OptionalLong;

/** What must hold of the live object; a generation of 0 stands for there being none. */
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

    /** Refuses a read: 412 where something had to match, 304 where something had not to. */
    public void checkRead(StoredObject object) {
        boolean matches = (generationMatch.isEmpty() || generationMatch.getAsLong() == object.generation())
                && (metagenerationMatch.isEmpty() || metagenerationMatch.getAsLong() == object.metageneration());
        if (!matches) {
            throw GcsRefusal.conditionNotMet();
        }
        boolean same = (generationNotMatch.isPresent() && generationNotMatch.getAsLong() == object.generation())
                || (metagenerationNotMatch.isPresent()
                        && metagenerationNotMatch.getAsLong() == object.metageneration());
        if (same) {
            throw GcsRefusal.of(Reason.NOT_MODIFIED);
        }
    }

    /** Refuses a write over this live object, or over none, with 412. */
    public void checkWrite(Optional<StoredObject> live) {
        long generation = live.map(StoredObject::generation).orElse(0L);
        long metageneration = live.map(StoredObject::metageneration).orElse(0L);
        boolean holds = (generationMatch.isEmpty() || generationMatch.getAsLong() == generation)
                && (generationNotMatch.isEmpty() || generationNotMatch.getAsLong() != generation)
                && (metagenerationMatch.isEmpty() || metagenerationMatch.getAsLong() == metageneration)
                && (metagenerationNotMatch.isEmpty() || metagenerationNotMatch.getAsLong() != metageneration);
        if (!holds) {
            throw GcsRefusal.conditionNotMet();
        }
    }
}
