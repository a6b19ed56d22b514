package dev.replicator.store;

import java.util.Optional;
import java.util.Set;

/**
 * An open bucket. Stateless but for its connections; thread-safe. Sends one attempt per call: retries, rate limits and
 * prefixes are decorators ({@code dev.replicator.store.wrap}), and a client under an implementation has its own retries
 * off, except where it drives the parts of one large object.
 *
 * <p>Every method throws {@link StoreException} and nothing else of the provider's. Common to all: {@link
 * BucketNotFoundException} when the bucket is gone, {@link CredentialsException}, {@link AccessDeniedException}, {@link
 * TransientStoreException}. An interrupt ends a call soon with {@link TransientStoreException}, the flag still set.
 */
public interface ObjectStore extends AutoCloseable {
    BucketRef bucket();

    /** What this store can do; unknown is absent. */
    Set<Capability> capabilities();

    /** Whether {@link #copyFrom} may name a source in that bucket. */
    boolean copiesFrom(BucketRef source);

    /** Lists; sends nothing before the first {@link Listing#next}. */
    Listing list(ListRequest request);

    /**
     * The object's current state with its metadata (without tags), or empty when there is none. A key that this store
     * can't hold is absent.
     */
    Optional<ObjectMeta> head(ObjectKey key);

    /** The bytes of exactly that version; sends nothing before they are asked for. */
    ObjectBody read(ObjectMeta object);

    /**
     * Writes an object atomically: readers see the old one or the new one. What could not be finished leaves no
     * visible trace.
     *
     * @throws StaleObjectException when the precondition does not hold
     * @throws InvalidRequestException when this store can't hold such a key or size
     */
    ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options);

    /**
     * Lets the store itself copy {@code object} of {@code source} to {@code key} here, with its metadata and tags.
     *
     * @param object key, size and version to copy; the copy fails with stale when the source is no longer that version
     * @throws StaleObjectException when the source or the precondition no longer holds
     * @throws UnsupportedOperationException without {@link Capability#SERVER_SIDE_COPY}
     */
    ObjectMeta copyFrom(BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options);

    /**
     * Deletes; an absent key is fine with {@link Precondition.None}, stale with {@link Precondition.Unchanged}.
     *
     * @throws StaleObjectException when the precondition does not hold
     */
    void delete(ObjectKey key, Precondition precondition);

    /** An optional power of this store: {@link Tags}, {@link StoreClock}, {@link UploadSweep}, {@link KeyRules}, {@link
     * MetadataRules}, {@link MetadataUpdate}, {@link BucketCreation}, {@link Overlap}, {@link RequestForecast}, {@link
     * WriteProof}. */
    <R> Optional<R> role(Class<R> role);

    @Override
    void close();
}
