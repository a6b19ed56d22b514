package dev.replicator.gcs.object;

import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsSettings;
import dev.replicator.store.Capability;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.Version;
import java.util.Optional;

/**
 * Preconditions as the API has them: a generation to match, 0 for "there is none", and a metageneration where the state of
 * the metadata was seen. A generation alone lets pass what others did to the metadata ("Request preconditions").
 *
 * @param generation that the destination must have; empty where nothing is asked or the store can't hold to it
 * @param metageneration that the destination must have as well; only beside a generation
 */
public record Conditions(Optional<Long> generation, Optional<Long> metageneration) {
    private static final long ABSENT = 0;

    private static final Conditions NONE = new Conditions(Optional.empty(), Optional.empty());

    /** @throws StaleObjectException when the version is no generation: no object is in it */
    public static Conditions ofDestination(
            Call call, Precondition precondition, GcsSettings settings, Capability create, Capability replace) {
        if (precondition instanceof Precondition.Absent) {
            return settings.can(create) ? new Conditions(Optional.of(ABSENT), Optional.empty()) : NONE;
        }
        if (precondition instanceof Precondition.Unchanged unchanged) {
            Optional<Long> generation = generation(unchanged.version());
            if (generation.isEmpty()) {
                throw new StaleObjectException(call + ": it never was in version " + unchanged.version());
            }
            return settings.can(replace)
                    ? new Conditions(
                            generation, Optional.of(unchanged.metageneration()).filter(number -> number > 0))
                    : NONE;
        }
        return NONE;
    }

    /** The version as a generation; empty when it is none. */
    public static Optional<Long> generation(Version version) {
        String token = version.token();
        return token.matches("[1-9]\\d{0,18}") && (token.length() < 19 || token.compareTo("9223372036854775807") <= 0)
                ? Optional.of(Long.parseLong(token))
                : Optional.empty();
    }
}
