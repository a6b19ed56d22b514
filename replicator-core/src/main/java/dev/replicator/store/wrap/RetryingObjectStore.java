package dev.replicator.store.wrap;

import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.Tags;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.WriteOptions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Repeats what failed transiently. A listing resumes behind its last key, a body by range in the pinned version.
 *
 * <p>A write whose answer was lost may have happened; its repetition then meets our own object and comes back stale.
 * Such a stale is settled by one head: the object is ours when it carries the write's operation id, or, for a
 * server-side copy, when size and a comparable fingerprint equal the source's, or, for a change of metadata, when version or
 * digest are those of the object that was seen and its metadata is the new one. What can't be shown to be ours stays
 * stale and is never cleaned up. What is ours by its operation id is held against the bytes that were sent as well, which
 * takes one more read of the source: made of others it is corrupt, and removed.
 */
public final class RetryingObjectStore implements ObjectStore {
    private final ObjectStore delegate;
    private final Retries retries;
    private final LostWrite lost;

    public RetryingObjectStore(ObjectStore delegate, Retries retries) {
        this.delegate = delegate;
        this.retries = retries;
        lost = new LostWrite(delegate, retries);
    }

    @Override
    public BucketRef bucket() {
        return delegate.bucket();
    }

    @Override
    public Set<Capability> capabilities() {
        return delegate.capabilities();
    }

    @Override
    public boolean copiesFrom(BucketRef source) {
        return delegate.copiesFrom(source);
    }

    @Override
    public Listing list(ListRequest request) {
        return new RetryingListing(delegate.list(request), retries);
    }

    @Override
    public Optional<ObjectMeta> head(ObjectKey key) {
        return retries.call(() -> delegate.head(key));
    }

    @Override
    public ObjectBody read(ObjectMeta object) {
        boolean pinned = delegate.capabilities().contains(Capability.PINNED_READ);
        return new RetryingBody(delegate.read(object), retries, pinned ? () -> {} : () -> requireUnchanged(object));
    }

    private void requireUnchanged(ObjectMeta object) {
        boolean unchanged = delegate.head(object.key())
                .map(ObjectMeta::version)
                .filter(object.version()::equals)
                .isPresent();
        if (!unchanged) {
            throw new StaleObjectException(object.key() + " of " + bucket() + " was replaced while it was read");
        }
    }

    @Override
    public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
        SourceFailures source = new SourceFailures(body);
        Supplier<Optional<ObjectMeta>> head = () -> delegate.head(key);
        Function<ObjectMeta, Boolean> isOurs =
                found -> isOurs(found, options) && source.blamedOr(() -> isProven(found, source));
        AtomicBoolean unknown = new AtomicBoolean();
        try {
            return settled(unknown, () -> source.blamedOr(() -> delegate.write(key, source, options)), head, isOurs);
        } catch (TransientStoreException e) {
            if (!unknown.get() || e.isRepeatedBelow()) {
                throw e;
            }
            return lastLook(head, isOurs, e);
        }
    }

    private boolean isProven(ObjectMeta found, ObjectBody body) {
        lost.verify(found, body);
        return true;
    }

    private static boolean isOurs(ObjectMeta found, WriteOptions options) {
        return options.operation().isPresent()
                && options.operation()
                        .equals(found.metadata()
                                .map(ObjectMetadata::user)
                                .map(user -> user.get(ObjectMetadata.OPERATION)));
    }

    @Override
    public ObjectMeta copyFrom(BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options) {
        return settled(
                () -> delegate.copyFrom(source, object, key, options),
                () -> delegate.head(key),
                found -> found.size() == object.size()
                        && Fingerprint.compare(found.fingerprints(), object.fingerprints()) == Fingerprint.Verdict.EQUAL
                        && !isStillReplaced(found, options.precondition()));
    }

    /**
     * Whether this is what a copy was to replace, equal as its content may be to the source's. Told only where metadata has
     * states of its own, since there every write makes a new version; elsewhere equal content may be one version.
     */
    private static boolean isStillReplaced(ObjectMeta found, Precondition precondition) {
        return found.metageneration() != 0 && precondition.asksFor(found.version());
    }

    /** A repetition that meets the very object that was seen, as it was to become, meets our own work. */
    private ObjectMeta update(
            MetadataUpdate updates, ObjectMeta seen, ObjectMetadata metadata, Precondition precondition) {
        return settled(
                () -> updates.update(seen, metadata, precondition),
                () -> delegate.head(seen.key()),
                found -> isOfTheContent(found, seen)
                        && found.metadata()
                                .filter(now -> now.user().equals(metadata.user())
                                        && now.headers()
                                                .entrySet()
                                                .containsAll(metadata.headers().entrySet()))
                                .isPresent());
    }

    /** By version, or, where a new description makes a new version, by a digest; size alone is another's as well. */
    private static boolean isOfTheContent(ObjectMeta found, ObjectMeta seen) {
        boolean same = found.version().equals(seen.version())
                || Fingerprint.compare(found.fingerprints(), seen.fingerprints()) == Fingerprint.Verdict.EQUAL;
        return same && found.size() == seen.size();
    }

    private ObjectMeta settled(
            Supplier<ObjectMeta> write, Supplier<Optional<ObjectMeta>> head, Function<ObjectMeta, Boolean> isOurs) {
        return settled(new AtomicBoolean(), write, head, isOurs);
    }

    /** @param unknown set where an attempt's outcome is not known */
    private ObjectMeta settled(
            AtomicBoolean unknown,
            Supplier<ObjectMeta> write,
            Supplier<Optional<ObjectMeta>> head,
            Function<ObjectMeta, Boolean> isOurs) {
        try {
            return retries.call(() -> noting(unknown, write));
        } catch (StaleObjectException e) {
            if (!unknown.get()) {
                throw e;
            }
            return readBack(head, e).filter(isOurs::apply).orElseThrow(() -> e);
        }
    }

    /**
     * What is there when every repetition of a write failed: it may be ours, and of wrong bytes, which a later run would
     * take for right by size and time. Asked once; where that fails too, the outcome stays unknown. What a service copied or
     * described anew is not looked at: nothing tells it from an object of equal content that was there before.
     */
    private static ObjectMeta lastLook(
            Supplier<Optional<ObjectMeta>> head,
            Function<ObjectMeta, Boolean> isOurs,
            TransientStoreException failure) {
        if (Thread.currentThread().isInterrupted()) {
            throw failure;
        }
        Optional<ObjectMeta> found;
        try {
            found = head.get();
        } catch (StoreException e) {
            failure.addSuppressed(e);
            throw failure;
        }
        return found.filter(isOurs::apply).orElseThrow(() -> failure);
    }

    /** What is there after a lost answer; when that can't be seen, the write's outcome is unknown, not refused. */
    private Optional<ObjectMeta> readBack(Supplier<Optional<ObjectMeta>> head, StoreException repetition) {
        try {
            return retries.call(head);
        } catch (CredentialsException | BucketNotFoundException e) {
            throw e;
        } catch (StoreException e) {
            e.addSuppressed(repetition);
            throw new TransientStoreException(
                    Trouble.NETWORK,
                    "the answer was lost, and what came of it can't be seen: " + e.getMessage(),
                    Optional.empty(),
                    e);
        }
    }

    /** Notes that an attempt failed in a way that leaves open whether it took effect. */
    private static <T> T noting(AtomicBoolean unknown, Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (TransientStoreException e) {
            if (e.trouble() == Trouble.NETWORK || e.trouble() == Trouble.SERVER_ERROR) {
                unknown.set(true);
            }
            throw e;
        }
    }

    @Override
    public void delete(ObjectKey key, Precondition precondition) {
        AtomicBoolean unknown = new AtomicBoolean();
        try {
            retries.call(() -> noting(unknown, () -> {
                delegate.delete(key, precondition);
                return true;
            }));
        } catch (StaleObjectException | ObjectNotFoundException e) {
            boolean goneByUs =
                    unknown.get() && readBack(() -> delegate.head(key), e).isEmpty();
            if (!goneByUs) {
                throw rethrown(e);
            }
        }
    }

    private static StoreException rethrown(StoreException e) {
        return e;
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        if (role == Tags.class) {
            return delegate.role(Tags.class).map(tags -> role.cast((Tags) key -> retries.call(() -> tags.tags(key))));
        }
        if (role == MetadataUpdate.class) {
            return delegate.role(MetadataUpdate.class)
                    .map(updates -> role.cast((MetadataUpdate)
                            (seen, metadata, precondition) -> update(updates, seen, metadata, precondition)));
        }
        return delegate.role(role);
    }

    @Override
    public void close() {
        delegate.close();
    }
}
