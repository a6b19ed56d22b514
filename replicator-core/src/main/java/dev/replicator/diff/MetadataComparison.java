package dev.replicator.diff;

import dev.replicator.job.MetadataPolicy;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.MetadataLimits;
import dev.replicator.store.MetadataRules;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells whether the destination of a pair of equal content has the metadata that a copy of the source would have given
 * it. A side whose listing did not show its metadata is asked by one head. Thread-safe.
 *
 * <table>
 * <caption>What is compared</caption>
 * <tr><td>headers and user metadata</td><td>as the job's policy carries them; where they differ so, as the destination's
 * rules keep them</td></tr>
 * <tr><td>a content type that the source lacks</td><td>not compared: the store makes one up</td></tr>
 * <tr><td>entries of our own ({@code replicator-…})</td><td>not compared, the destination's are kept</td></tr>
 * <tr><td>tags, traits</td><td>not compared: a head does not show them, or no copy carries them</td></tr>
 * </table>
 */
public final class MetadataComparison {
    private final ObjectStore source;
    private final ObjectStore destination;
    private final MetadataPolicy policy;
    private final MetadataRules rules;

    public MetadataComparison(ObjectStore source, ObjectStore destination, MetadataPolicy policy) {
        this.source = source;
        this.destination = destination;
        this.policy = policy;
        rules = destination.role(MetadataRules.class).orElse(MetadataLimits.NONE);
    }

    /**
     * The verdict on a pair of equal content: Same, MetadataModified, Added when the destination's object is gone
     * meanwhile, or MetadataUnknown when asking failed for this object alone. A source that changed meanwhile stays Same:
     * the next run sees it.
     */
    public Change compare(Change.Same same) {
        try {
            return compared(same);
        } catch (CredentialsException | BucketNotFoundException e) {
            throw e;
        } catch (RuntimeException e) {
            return new Change.MetadataUnknown(same.source(), same.destination(), e);
        }
    }

    /**
     * Whether the destination has the metadata that a copy of the source would give it now; false where that can't be
     * told.
     */
    boolean isAsCopied(ObjectMeta from, ObjectMeta to) {
        try {
            Optional<ObjectMeta> source = described(this.source, from).filter(found -> isStill(found, from));
            Optional<ObjectMeta> destination = described(this.destination, to).filter(found -> isStill(found, to));
            return source.isPresent()
                    && destination.isPresent()
                    && differing(carried(source.get()), metadataOf(destination.get()))
                            .isEmpty();
        } catch (CredentialsException | BucketNotFoundException e) {
            throw e;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private Change compared(Change.Same same) {
        Optional<ObjectMeta> from = described(source, same.source()).filter(found -> isStill(found, same.source()));
        Optional<ObjectMeta> to = described(destination, same.destination());
        if (to.isEmpty()) {
            return new Change.Added(same.source());
        }
        if (from.isEmpty() || !isStill(to.get(), same.destination())) {
            return same;
        }
        ObjectMetadata found = metadataOf(to.get());
        ObjectMetadata carried = carried(from.get());
        List<String> fields = differing(carried, found);
        return fields.isEmpty()
                ? same
                : new Change.MetadataModified(same.source(), to.get(), withOurs(carried, found), fields);
    }

    private ObjectMetadata carried(ObjectMeta source) {
        return policy.carried(metadataOf(source)).withTags(Map.of()).withTraits(Map.of());
    }

    /**
     * Names of what differs. What is equal as it stands is equal, though the rules would not let it be written so: a store
     * that copied the object itself asks no rules, and some servers hold more than theirs.
     */
    private List<String> differing(ObjectMetadata carried, ObjectMetadata found) {
        ObjectMetadata theirs = found.withoutOurs();
        return differences(carried, theirs).isEmpty()
                ? List.of()
                : differences(rules.fit(carried).kept(), theirs);
    }

    private static ObjectMetadata metadataOf(ObjectMeta found) {
        return found.metadata().orElse(ObjectMetadata.NONE);
    }

    /** As its listing showed it; what was changed since is stale when it is repaired, or seen by the next run. */
    private static Optional<ObjectMeta> described(ObjectStore store, ObjectMeta listed) {
        return listed.metadata().isPresent() ? Optional.of(listed) : store.head(listed.key());
    }

    private static boolean isStill(ObjectMeta found, ObjectMeta listed) {
        Version version = listed.version();
        return found.version().equals(version);
    }

    private static ObjectMetadata withOurs(ObjectMetadata carried, ObjectMetadata found) {
        Map<String, String> user = new HashMap<>(carried.user());
        user.putAll(found.ours());
        return carried.withUser(user);
    }

    private static List<String> differences(ObjectMetadata wanted, ObjectMetadata found) {
        Map<String, String> ours = new TreeMap<>(wanted.headers());
        Map<String, String> theirs = new TreeMap<>(found.headers());
        if (wanted.contentType().isEmpty()) {
            theirs.remove("content-type");
        }
        List<String> fields = differences(ours, theirs);
        fields.addAll(differences(wanted.user(), found.user()));
        return fields;
    }

    private static List<String> differences(Map<String, String> ours, Map<String, String> theirs) {
        TreeSet<String> names = new TreeSet<>(ours.keySet());
        names.addAll(theirs.keySet());
        List<String> differing = new ArrayList<>();
        for (String name : names) {
            if (!Optional.ofNullable(ours.get(name)).equals(Optional.ofNullable(theirs.get(name)))) {
                differing.add(name);
            }
        }
        return differing;
    }
}
