package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Calls;
import dev.replicator.s3.client.S3Clients;
import dev.replicator.s3.client.S3Errors;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.Capability;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.Fingerprint.Verdict;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.remote.CountedStream;
import dev.replicator.store.remote.Repeats;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Compares what was sent with the digests that the answer gives of what was made of it, as not every server checks what
 * it is sent. Of CRC32C where the server answers one; of MD5, which costs more, as long as it has not shown that it does.
 * Thread-safe.
 *
 * <table>
 * <caption>What is believed</caption>
 * <tr><td>a checksum that both have</td><td>it decides, whatever the ETag looks like</td></tr>
 * <tr><td>an ETag that looks like an MD5 and is that of what was sent</td><td>right</td></tr>
 * <tr><td>one that is not</td><td>nothing yet: servers encrypt, or make ETags their own way. Of an object a head may show
 * a key or a checksum; else the bytes are read back, once where that shows that ETags are no MD5s here</td></tr>
 * <tr><td>the same of a part</td><td>wrong where this server's ETags were MD5s before; else its bytes are read back when
 * the object is made</td></tr>
 * </table>
 *
 * <p>The object is made by then: a write that was repeated would meet it and take it for its own, right or wrong. So looks
 * and removals are repeated here, from the context's retry settings, and what fails all the same is final.
 */
final class WrittenBytes {
    private static final Logger log = LoggerFactory.getLogger(WrittenBytes.class);

    private final S3Settings settings;
    private final S3Clients clients;
    private final ObjectHeads heads;
    private final ReadBack readBack;
    private volatile boolean answersCrc32c;
    private final AtomicReference<Tags> ofObjects = new AtomicReference<>(Tags.UNKNOWN);
    private final AtomicReference<Tags> ofParts = new AtomicReference<>(Tags.UNKNOWN);

    /** What ETags of 32 hexadecimal digits turned out to be on this server. */
    private enum Tags {
        UNKNOWN,
        MD5S,
        OTHERS
    }

    /** What an answer says of what was sent. */
    private enum Finding {
        NOTHING_WRONG,
        WRONG,
        DOUBTFUL
    }

    /**
     * A part whose answer leaves open whether it was made of what was sent.
     *
     * @param offset of the part in the object, in bytes
     */
    record Doubt(long offset, long length, List<Fingerprint> sent) {}

    WrittenBytes(S3Settings settings, S3Clients clients, ObjectHeads heads) {
        this.settings = settings;
        this.clients = clients;
        this.heads = heads;
        readBack = new ReadBack(settings, clients);
    }

    /** What to sum up of the next body. */
    List<Algorithm> digests() {
        if (settings.checksums() != Checksums.WHEN_SUPPORTED) {
            return List.of(Algorithm.MD5);
        }
        return answersCrc32c ? List.of(Algorithm.CRC32C) : List.of(Algorithm.CRC32C, Algorithm.MD5);
    }

    private Finding finding(List<Fingerprint> sent, List<Fingerprint> made, AtomicReference<Tags> tags) {
        answersCrc32c |= made.stream().anyMatch(one -> one.algorithm() == Algorithm.CRC32C);
        Verdict checksums = Fingerprint.compare(without(Algorithm.MD5, sent), without(Algorithm.ETAG, made));
        if (checksums != Verdict.UNKNOWN) {
            return checksums == Verdict.DIFFERENT ? Finding.WRONG : Finding.NOTHING_WRONG;
        }
        Verdict tag = Fingerprint.compare(sent, made);
        if (tag == Verdict.EQUAL) {
            tags.set(Tags.MD5S);
        }
        return tag == Verdict.DIFFERENT && tags.get() != Tags.OTHERS ? Finding.DOUBTFUL : Finding.NOTHING_WRONG;
    }

    private static List<Fingerprint> without(Algorithm algorithm, List<Fingerprint> fingerprints) {
        return fingerprints.stream().filter(one -> one.algorithm() != algorithm).toList();
    }

    /**
     * Checks what a part was made of.
     *
     * @return what is to be settled when the object is made
     * @throws CorruptObjectException when it was made of other bytes
     */
    Optional<Doubt> check(Call call, List<Fingerprint> sent, S3Response answer, long offset, long length) {
        Finding finding = finding(sent, ObjectAnswers.fingerprints(answer), ofParts);
        if (finding == Finding.WRONG || finding == Finding.DOUBTFUL && ofParts.get() == Tags.MD5S) {
            throw wrong(call);
        }
        return finding == Finding.DOUBTFUL ? Optional.of(new Doubt(offset, length, sent)) : Optional.empty();
    }

    /**
     * Checks what a whole object was made of; removes it, if it still is that one, where it is shown to be wrong.
     *
     * @param versionId of the object where versions are kept
     * @throws CorruptObjectException when it was made of other bytes
     * @throws TransientStoreException final, when that can't be seen, or it can't be removed: the object stays
     */
    void check(Call call, List<Fingerprint> sent, S3Response answer, ObjectMeta made, Optional<String> versionId) {
        Finding finding = finding(sent, ObjectAnswers.fingerprints(answer), ofObjects);
        if (finding == Finding.WRONG) {
            remove(call, made, versionId);
            throw wrong(call);
        }
        if (finding == Finding.DOUBTFUL) {
            if (ofObjects.get() == Tags.UNKNOWN && seen(call, () -> isKeyed(call, made))) {
                ofObjects.set(Tags.OTHERS);
            } else {
                settle(call, made, versionId, List.of(new Doubt(0, made.size(), sent)), ofObjects);
            }
        }
    }

    /**
     * Settles what answers to parts left open, by reading those parts of the object.
     *
     * @param versionId of the object where versions are kept
     * @throws CorruptObjectException when it was made of other bytes; it is removed only if it was seen to be
     * @throws TransientStoreException final, when that can't be seen: the object stays
     */
    void settle(Call call, ObjectMeta made, Optional<String> versionId, List<Doubt> doubts) {
        settle(call, made, versionId, doubts, ofParts);
    }

    private void settle(
            Call call, ObjectMeta made, Optional<String> versionId, List<Doubt> doubts, AtomicReference<Tags> tags) {
        doubts.forEach(doubt -> readBack(call, made, versionId, doubt));
        log.info("{}: ETags look like MD5s of content here, and are not", call);
        tags.set(Tags.OTHERS);
    }

    private void readBack(Call call, ObjectMeta made, Optional<String> versionId, Doubt doubt) {
        Verdict verdict =
                seen(call, () -> readBack.compare(call, made, versionId, doubt.offset(), doubt.length(), doubt.sent()));
        if (verdict == Verdict.UNKNOWN) {
            throw new StaleObjectException(call + ": it was replaced before its bytes could be verified");
        }
        if (verdict == Verdict.DIFFERENT) {
            remove(call, made, versionId);
        }
        if (verdict != Verdict.EQUAL) {
            throw wrong(call);
        }
    }

    /**
     * Proves the bytes of an object that a head found to be ours, whose own answer was lost: by what is known of them, else
     * by reading the body once more, and where the head's digests don't tell, or tell of others, by reading it back.
     *
     * @param known digests of what was sent
     * @throws CorruptObjectException when it was made of other bytes; it is removed
     * @throws TransientStoreException final, when that can't be seen, or it can't be removed: the object stays
     */
    void prove(Call call, ObjectMeta found, S3Response head, List<Fingerprint> known, ObjectBody body) {
        Optional<String> versionId = ObjectAnswers.versionId(head);
        List<Fingerprint> shown = ObjectAnswers.fingerprints(head);
        if (found.size() != body.size()) {
            remove(call, found, versionId);
            throw wrong(call);
        }
        if (Fingerprint.compare(known, shown) != Verdict.EQUAL) {
            List<Fingerprint> sent = digests(call, body, shown);
            if (Fingerprint.compare(sent, shown) != Verdict.EQUAL) {
                readBack(call, found, versionId, new Doubt(0, found.size(), sent));
            }
        }
    }

    /** Digests of the body as the head has them; of CRC32C where it has none. */
    private static List<Fingerprint> digests(Call call, ObjectBody body, List<Fingerprint> shown) {
        List<Algorithm> algorithms = shown.stream()
                .map(Fingerprint::algorithm)
                .filter(algorithm -> algorithm != Algorithm.ETAG)
                .toList();
        try (InputStream in = body.open();
                SummedStream summed = new SummedStream(
                        new CountedStream(call, in, body.size()),
                        algorithms.isEmpty() ? List.of(Algorithm.CRC32C) : algorithms)) {
            summed.transferTo(OutputStream.nullOutputStream());
            return summed.fingerprints();
        } catch (IOException e) {
            throw S3Errors.translate(call, e);
        }
    }

    /**
     * What a look at the object that was just made shows.
     *
     * @throws TransientStoreException final, when it fails
     */
    <T> T seen(Call call, Supplier<T> look) {
        try {
            return Repeats.call(call.toString(), clients.retry(), look);
        } catch (CorruptObjectException e) {
            throw e;
        } catch (StoreException e) {
            throw lasting(
                    call
                            + ": the object is made, and stays; that it has the bytes that were sent could not be verified: "
                            + e.getMessage(),
                    e);
        }
    }

    private static TransientStoreException lasting(String message, StoreException cause) {
        return new TransientStoreException(Trouble.SERVER_ERROR, message, Optional.empty(), cause).afterRepeats();
    }

    /** Whether a head shows what the answer did not: that the ETag is no MD5 because of a key. */
    private boolean isKeyed(Call call, ObjectMeta made) {
        return heads.head(call, made.key())
                .filter(found -> found.version().equals(made.version()))
                .filter(found -> ETags.isMd5(found.version().token()))
                .filter(found -> found.fingerprints().stream().noneMatch(one -> one.algorithm() == Algorithm.MD5))
                .isPresent();
    }

    private static CorruptObjectException wrong(Call call) {
        return new CorruptObjectException(call + ": the service made an object of other bytes than were sent");
    }

    private void remove(Call call, ObjectMeta made, Optional<String> versionId) {
        try {
            Repeats.call(call.toString(), clients.retry(), () -> isDeleted(call, made, versionId));
        } catch (StaleObjectException | ObjectNotFoundException e) {
            log.debug("{}: the object of wrong bytes is not there any more", call, e);
        } catch (StoreException e) {
            throw lasting(wrong(call).getMessage() + ", which could not be removed and stays: " + e.getMessage(), e);
        }
    }

    private boolean isDeleted(Call call, ObjectMeta made, Optional<String> versionId) {
        DeleteObjectRequest.Builder request = DeleteObjectRequest.builder()
                .bucket(settings.bucket())
                .key(made.key().text());
        if (versionId.isPresent()) {
            request.versionId(versionId.get());
        } else if (settings.capabilities().contains(Capability.CONDITIONAL_DELETE)) {
            request.ifMatch(ETags.quoted(made.version()));
        } else if (!isThere(call, made)) {
            return false;
        }
        S3Calls.call(call, () -> clients.single().deleteObject(request.build()));
        return true;
    }

    private boolean isThere(Call call, ObjectMeta made) {
        return heads.head(call, made.key())
                .filter(found -> found.version().equals(made.version()))
                .isPresent();
    }
}
