package dev.replicator.store.wrap;

import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.WriteProof;
import dev.replicator.store.digest.ContentDigest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Holds an object of our own write, whose answer was lost, against the bytes that were sent: that an object is ours does
 * not make it right. The body is read once more, and where its digest is not the one that the store shows, or the store
 * shows none, the object is read back: only bytes that were seen to be others are removed. Thread-safe.
 */
final class LostWrite {
    private static final int BUFFER = 1 << 16;

    private final ObjectStore store;
    private final Retries retries;

    LostWrite(ObjectStore store, Retries retries) {
        this.store = store;
        this.retries = retries;
    }

    /**
     * Returns when {@code found} has the bytes of {@code body}.
     *
     * @throws CorruptObjectException when it has others; it is removed
     * @throws StaleObjectException when it is no longer there
     * @throws TransientStoreException when that can't be seen, or it has others and could not be removed: it stays
     */
    void verify(ObjectMeta found, ObjectBody body) {
        try {
            Optional<WriteProof> proof = store.role(WriteProof.class);
            if (proof.isPresent()) {
                retries.call(() -> verified(proof.get(), found, body));
            } else if (!isOf(found, body)) {
                remove(found);
                throw new CorruptObjectException(wrong(found));
            }
        } catch (CredentialsException | BucketNotFoundException | CorruptObjectException | StaleObjectException e) {
            throw e;
        } catch (StoreException e) {
            boolean said = e instanceof TransientStoreException trouble && trouble.isRepeatedBelow();
            throw said ? e : lasting("the answer was lost, and what it was made of can't be seen", e);
        }
    }

    private static boolean verified(WriteProof proof, ObjectMeta found, ObjectBody body) {
        proof.verify(found, body);
        return true;
    }

    private boolean isOf(ObjectMeta found, ObjectBody body) {
        if (found.size() != body.size()) {
            return false;
        }
        Optional<Fingerprint> shown = ContentDigest.first(ContentDigest.STRONGEST_FIRST, found.fingerprints());
        Algorithm algorithm = shown.map(Fingerprint::algorithm).orElse(Algorithm.SHA256);
        Fingerprint sent = digest(body, algorithm);
        return shown.filter(sent::equals).isPresent() || sent.equals(retries.call(() -> readBack(found, algorithm)));
    }

    private Fingerprint readBack(ObjectMeta found, Algorithm algorithm) {
        try (ObjectBody back = store.read(found)) {
            return digest(back, algorithm);
        } catch (ObjectNotFoundException e) {
            throw new StaleObjectException(found.key() + " of " + store.bucket() + ": it is gone", e);
        } catch (CorruptObjectException e) {
            throw new TransientStoreException(
                    Trouble.NETWORK, "what was written can't be read back: " + e.getMessage(), Optional.empty(), e);
        }
    }

    private static Fingerprint digest(ObjectBody body, Algorithm algorithm) {
        ContentDigest digest = ContentDigest.of(algorithm);
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = body.open()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        } catch (IOException e) {
            throw new TransientStoreException(
                    Trouble.NETWORK, "what was written can't be compared: " + e.getMessage(), Optional.empty(), e);
        }
        return digest.fingerprint();
    }

    /** Only that version; where the store can't hold a delete to it, it is looked for once more right before. */
    private void remove(ObjectMeta found) {
        try {
            retries.call(() -> isRemoved(found));
        } catch (StaleObjectException | ObjectNotFoundException e) {
            // Gone by itself, or another's by now: nothing wrong of ours is left.
        } catch (StoreException e) {
            throw lasting(wrong(found) + ", which could not be removed and stays", e);
        }
    }

    private boolean isRemoved(ObjectMeta found) {
        boolean stays = store.head(found.key())
                .filter(now -> now.version().equals(found.version()))
                .isPresent();
        if (stays) {
            store.delete(found.key(), Precondition.unchanged(found));
        }
        return stays;
    }

    private String wrong(ObjectMeta found) {
        return found.key() + " of " + store.bucket() + ": the service made an object of other bytes than were sent";
    }

    private static TransientStoreException lasting(String what, StoreException cause) {
        return new TransientStoreException(Trouble.NETWORK, what + ": " + cause.getMessage(), Optional.empty(), cause)
                .afterRepeats();
    }
}
