package dev.replicator.store;

import java.time.Instant;
import java.util.Optional;

/**
 * How to write an object.
 *
 * @param metadata what the object carries; ignored by a server-side copy, which keeps the source's
 * @param precondition what must hold of the key
 * @param modified the time the object shall take where the store {@link Capability#KEEPS_MODIFIED keeps} it
 * @param operation id of this write, kept in the object's metadata where the store keeps any and has room for it, so that a
 *     lost answer is recognised as ours
 * @param wholeMetadata whether to write nothing, and throw {@link InvalidRequestException}, where the metadata would not
 *     be kept whole; asked of stores that find that out only while they write
 */
public record WriteOptions(
        ObjectMetadata metadata,
        Precondition precondition,
        Optional<Instant> modified,
        Optional<String> operation,
        boolean wholeMetadata) {

    public WriteOptions(
            ObjectMetadata metadata,
            Precondition precondition,
            Optional<Instant> modified,
            Optional<String> operation) {
        this(metadata, precondition, modified, operation, false);
    }

    public static WriteOptions of(Precondition precondition) {
        return new WriteOptions(ObjectMetadata.NONE, precondition, Optional.empty(), Optional.empty());
    }

    public WriteOptions withMetadata(ObjectMetadata value) {
        return new WriteOptions(value, precondition, modified, operation, wholeMetadata);
    }

    public WriteOptions withModified(Instant value) {
        return new WriteOptions(metadata, precondition, Optional.of(value), operation, wholeMetadata);
    }

    public WriteOptions withOperation(String value) {
        return new WriteOptions(metadata, precondition, modified, Optional.of(value), wholeMetadata);
    }

    public WriteOptions withPrecondition(Precondition value) {
        return new WriteOptions(metadata, value, modified, operation, wholeMetadata);
    }

    public WriteOptions withWholeMetadata(boolean value) {
        return new WriteOptions(metadata, precondition, modified, operation, value);
    }
}
