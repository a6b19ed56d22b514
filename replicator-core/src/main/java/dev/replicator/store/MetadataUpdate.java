package dev.replicator.store;

/** Role: changes an object's metadata where it is, without its bytes passing through us. */
public interface MetadataUpdate {
    /**
     * Replaces headers and user metadata of {@code seen} by those of {@code metadata}; a header that it lacks is
     * removed. Content, tags, storage class, grants, holds, custom time and encryption stay as they are.
     *
     * @param seen what was seen of the object: its version is the one that is changed, and where it tells a
     *     metageneration the store requires that too
     * @return the object as it is now; its version may be another
     * @throws StaleObjectException when the object is another by now, or the precondition does not hold
     * @throws InvalidRequestException when the store can't hold such metadata; nothing was changed
     */
    ObjectMeta update(ObjectMeta seen, ObjectMetadata metadata, Precondition precondition);
}
