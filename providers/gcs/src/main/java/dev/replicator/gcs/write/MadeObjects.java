package dev.replicator.gcs.write;

import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsClient;
import dev.replicator.gcs.client.GcsErrors;
import dev.replicator.gcs.object.Crc32c;
import dev.replicator.gcs.object.GcsBody;
import dev.replicator.gcs.object.ObjectHeads;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.Fingerprint.Verdict;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.digest.ContentDigest;
import dev.replicator.store.remote.Repeats;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Holds what the service made against the bytes that were sent; takes away what it made of others. Nothing that was
 * written goes unverified. Thread-safe.
 *
 * <table>
 * <caption>What decides</caption>
 * <tr><td>a size other than what was sent</td><td>wrong</td></tr>
 * <tr><td>a crc32c: the service always answers one</td><td>it does</td></tr>
 * <tr><td>only an MD5, and the bytes are still held</td><td>it does; no MD5 is made before one is needed</td></tr>
 * <tr><td>only an MD5 of bytes that are not held any more, or neither</td><td>the object is read back, which costs one more
 * request: only servers that are not the service answer so</td></tr>
 * </table>
 */
final class MadeObjects {
    private static final int BUFFER = 64 * 1024;

    private final GcsClient client;
    private final ObjectHeads heads;
    private final WrongObjects wrong;

    MadeObjects(GcsClient client, ObjectHeads heads) {
        this.client = client;
        this.heads = heads;
        wrong = new WrongObjects(client);
    }

    /**
     * What an upload made, and of which bytes.
     *
     * @param made as an answer told it
     */
    record Upload(ObjectMeta made, Crc32c sent) {}

    /** As {@link #verified(Call, Upload, byte[])}, of bytes that are not held any more. */
    Upload verified(Call call, Upload upload) {
        return verified(call, upload, Optional.empty());
    }

    /**
     * The upload, once the object is shown to have its bytes.
     *
     * @param held the bytes that were sent
     * @throws CorruptObjectException when it has others; it is removed if it still is that one
     * @throws StaleObjectException when it is another by now, before its bytes could be seen
     * @throws TransientStoreException final, when they can't be seen, or it can't be removed: the object stays
     */
    Upload verified(Call call, Upload upload, byte[] held) {
        return verified(call, upload, Optional.of(held));
    }

    private Upload verified(Call call, Upload upload, Optional<byte[]> held) {
        if (isRight(call, upload, held)) {
            return upload;
        }
        wrong.remove(call, upload.made());
        throw new CorruptObjectException(call + ": the service made an object of other bytes than were sent");
    }

    private boolean isRight(Call call, Upload upload, Optional<byte[]> held) {
        ObjectMeta made = upload.made();
        if (made.size() != upload.sent().length() || made.size() == 0) {
            return made.size() == upload.sent().length();
        }
        Optional<Integer> crc32c = Crc32c.shown(made.fingerprints());
        if (crc32c.isPresent()) {
            return crc32c.get() == upload.sent().value();
        }
        Verdict verdict = held.map(bytes -> Fingerprint.compare(md5(bytes), made.fingerprints()))
                .orElse(Verdict.UNKNOWN);
        return verdict == Verdict.UNKNOWN ? readBack(call, made).equals(upload.sent()) : verdict == Verdict.EQUAL;
    }

    private static List<Fingerprint> md5(byte[] bytes) {
        ContentDigest digest = ContentDigest.of(Algorithm.MD5);
        digest.update(bytes, 0, bytes.length);
        return List.of(digest.fingerprint());
    }

    /** A write that was repeated would meet the object, right or wrong: so looks are, and what fails all the same is final. */
    private Crc32c readBack(Call call, ObjectMeta made) {
        try {
            return Repeats.call(call.toString(), client.retry(), () -> sum(call, made));
        } catch (StaleObjectException | ObjectNotFoundException e) {
            throw new StaleObjectException(call + ": another took its place before its bytes could be verified", e);
        } catch (StoreException e) {
            throw new TransientStoreException(
                            Trouble.SERVER_ERROR,
                            call + ": the object is made, and stays; that it has the bytes that were sent could not be"
                                    + " verified: " + e.getMessage(),
                            Optional.empty(),
                            e)
                    .afterRepeats();
        }
    }

    private Crc32c sum(Call call, ObjectMeta made) {
        CRC32C crc = new CRC32C();
        byte[] buffer = new byte[BUFFER];
        long length = 0;
        try (GcsBody body = new GcsBody(client, heads, made);
                InputStream in = body.open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                crc.update(buffer, 0, n);
                length += n;
            }
            return new Crc32c((int) crc.getValue(), length);
        } catch (CorruptObjectException e) {
            throw new TransientStoreException(
                    Trouble.NETWORK, call + ": it can't be read back: " + e.getMessage(), Optional.empty(), e);
        } catch (IOException e) {
            throw GcsErrors.translate(call, e);
        }
    }
}
