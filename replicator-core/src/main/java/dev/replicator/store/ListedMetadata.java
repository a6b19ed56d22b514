package dev.replicator.store;

import java.util.Optional;

/**
 * What the entries of a page carry as metadata, kept in the shape of the answer: it becomes a value only for an entry
 * that is asked for, as {@link Page#meta} does. Immutable or thread-safe, as the page is.
 */
@FunctionalInterface
public interface ListedMetadata {
    /** Of a listing that shows none. */
    ListedMetadata NONE = entry -> Optional.empty();

    /** The metadata, without tags, of the page's entry of that number; empty where the listing does not show them. */
    Optional<ObjectMetadata> of(int entry);

    /** The value of the entry's user metadata of that name, as {@link #of} has it; made without the rest where that can be. */
    default Optional<String> user(int entry, String name) {
        return of(entry).flatMap(metadata -> Optional.ofNullable(metadata.user().get(name)));
    }
}
