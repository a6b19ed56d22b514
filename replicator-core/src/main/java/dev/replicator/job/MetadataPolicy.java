package dev.replicator.job;

import dev.replicator.store.ObjectMetadata;
import java.util.Map;

/**
 * What of the metadata goes along, and how it is looked after.
 *
 * @param copy whether headers and user metadata go along
 * @param tags whether tags go along
 * @param set headers forced on written objects, such as {@code cache-control}
 * @param compare whether the metadata of objects of equal content is compared, and repaired
 * @param strict whether an object whose metadata the destination can't hold as it is is left alone
 */
public record MetadataPolicy(boolean copy, boolean tags, Map<String, String> set, boolean compare, boolean strict) {
    public static final MetadataPolicy ALL = new MetadataPolicy(true, true, Map.of());

    public MetadataPolicy {
        set = Map.copyOf(set);
    }

    /** Neither compared nor strict. */
    public MetadataPolicy(boolean copy, boolean tags, Map<String, String> set) {
        this(copy, tags, set, false, false);
    }

    public MetadataPolicy withCompare(boolean value) {
        return new MetadataPolicy(copy, tags, set, value, strict);
    }

    public MetadataPolicy withStrict(boolean value) {
        return new MetadataPolicy(copy, tags, set, compare, value);
    }

    /** Whether a copy carries everything as it is, as a store that copies by itself does. */
    public boolean carriesAll() {
        return copy && tags && set.isEmpty();
    }

    /** What a copy of an object with that metadata carries, before the destination's rules; none of our own entries. */
    public ObjectMetadata carried(ObjectMetadata found) {
        ObjectMetadata theirs = copy ? found.withoutOurs() : ObjectMetadata.NONE;
        return MetadataOverrides.apply(tags ? theirs : theirs.withTags(Map.of()), set);
    }
}
