package dev.replicator.store;

/**
 * Role: proves what a write made whose answer was lost. For stores where digests alone don't tell, or where taking back
 * what was written is more than a delete; without it the bytes are compared, and deleted, as the other methods can.
 */
public interface WriteProof {
    /**
     * Returns when {@code found}, which a head showed to be of our own write, has the bytes of {@code body}; of which as
     * much is read again as it takes, and of the object where its digests don't tell.
     *
     * @throws CorruptObjectException when it has others: it is removed, as if the answer had said so, and with it nothing
     *     that is not ours
     * @throws StaleObjectException when it is no longer there
     * @throws TransientStoreException final, when it has others and could not be removed
     */
    void verify(ObjectMeta found, ObjectBody body);
}
