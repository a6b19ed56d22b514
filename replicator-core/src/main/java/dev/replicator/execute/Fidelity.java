package dev.replicator.execute;

import dev.replicator.job.MetadataPolicy;
import dev.replicator.store.MetadataLimits;
import dev.replicator.store.MetadataLoss;
import dev.replicator.store.MetadataRules;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.ServiceTrait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What objects carry to one destination: the job's policy, cut to what the destination holds, and our own entries as far
 * as there is room for them. Thread-safe.
 */
final class Fidelity {
    /** S3's limit of user metadata: what our own entries keep to where a store does not tell. */
    private static final int LEAST_KNOWN = 2_048;

    private static final Map<ServiceTrait, String> EVERY_TRAIT = Arrays.stream(ServiceTrait.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), ServiceTrait::word));

    private final MetadataPolicy policy;
    private final MetadataRules rules;
    private final MetadataRules room;

    Fidelity(MetadataPolicy policy, ObjectStore destination) {
        this.policy = policy;
        rules = destination.role(MetadataRules.class).orElse(MetadataLimits.NONE);
        room = destination.role(MetadataRules.class).orElse(MetadataLimits.NONE.withMostUserBytes(LEAST_KNOWN));
    }

    /**
     * What to write.
     *
     * @param losses what that lacks of what was to be carried
     */
    record Carried(ObjectMetadata metadata, List<MetadataLoss> losses) {
        /** And what the store's answer, where it tells, says that it did not keep. */
        List<MetadataLoss> lossesWith(ObjectMeta written) {
            List<MetadataLoss> all = new ArrayList<>(losses);
            all.addAll(notKept(metadata, written));
            return all;
        }
    }

    /** Nothing may be lost, and something would be. */
    static final class LossException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<MetadataLoss> losses;

        LossException(List<MetadataLoss> losses) {
            super("the destination can't hold the object's metadata as it is");
            this.losses = losses;
        }

        List<MetadataLoss> losses() {
            return losses;
        }
    }

    boolean isStrict() {
        return policy.strict();
    }

    /**
     * What a streamed copy of {@code source} carries.
     *
     * @throws LossException in a strict job, when that is not all
     */
    Carried ofCopy(ObjectMeta source, ObjectMetadata found, String operation) {
        return fitted(policy.carried(found), notesOf(source), Optional.of(operation));
    }

    /** What a copy of {@code source} carries that keeps the metadata of the object it replaces. */
    Carried ofReplacement(ObjectMeta source, ObjectMetadata kept, String operation) {
        return fitted(kept.withoutOurs(), notesOf(source), Optional.of(operation));
    }

    private static Map<String, String> notesOf(ObjectMeta source) {
        Map<String, String> notes = new HashMap<>();
        notes.put(ObjectMetadata.MTIME, source.modified().toString());
        notes.put(ObjectMetadata.SOURCE_VERSION, source.version().token());
        return notes;
    }

    /**
     * What an update in place writes.
     *
     * @param metadata as an action names it
     * @throws LossException in a strict job, when that is not all
     */
    Carried ofUpdate(ObjectMetadata metadata) {
        return fitted(metadata.withoutOurs(), metadata.ours(), Optional.empty());
    }

    /**
     * What a copy by the store itself leaves behind; empty where that is not known.
     *
     * @param found the source's, where an answer showed it
     * @throws LossException in a strict job, when that is anything
     */
    Optional<List<MetadataLoss>> ofStoreCopy(Optional<ObjectMetadata> found) {
        Optional<List<MetadataLoss>> lost = found.map(rules::lostByCopy).or(this::lostByNone);
        if (policy.strict() && lost.filter(losses -> !losses.isEmpty()).isPresent()) {
            throw new LossException(lost.get());
        }
        return lost;
    }

    /** Nothing, where copies by that store leave nothing behind, whatever the source has. */
    private Optional<List<MetadataLoss>> lostByNone() {
        return Optional.of(rules.lostByCopy(ObjectMetadata.NONE.withTraits(EVERY_TRAIT)))
                .filter(List::isEmpty);
    }

    private Carried fitted(ObjectMetadata wanted, Map<String, String> notes, Optional<String> operation) {
        MetadataRules.Fitted fitted = rules.fit(wanted);
        if (policy.strict() && !fitted.losses().isEmpty()) {
            throw new LossException(fitted.losses());
        }
        Map<String, String> user = new HashMap<>(fitted.kept().user());
        user.putAll(notes);
        ObjectMetadata noted = fitted.kept().withUser(user);
        ObjectMetadata whole = operation
                .map(id -> noted.withUser(ObjectMetadata.OPERATION, id))
                .orElse(noted);
        boolean roomy = room.fit(whole).kept().user().equals(whole.user());
        return new Carried(roomy ? noted : fitted.kept(), fitted.losses());
    }

    private static List<MetadataLoss> notKept(ObjectMetadata given, ObjectMeta written) {
        if (written.metadata().isEmpty()) {
            return List.of();
        }
        List<MetadataLoss> losses = new ArrayList<>();
        add(losses, given.headers(), written.metadata().get().headers());
        add(losses, given.withoutOurs().user(), written.metadata().get().user());
        return losses;
    }

    private static void add(List<MetadataLoss> losses, Map<String, String> given, Map<String, String> kept) {
        given.forEach((name, value) -> {
            if (!value.equals(kept.get(name))) {
                losses.add(new MetadataLoss(MetadataLoss.Kind.NOT_KEPT, name, "left behind: there is no room for it"));
            }
        });
    }
}
