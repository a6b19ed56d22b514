package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Calls;
import dev.replicator.s3.client.S3Clients;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.Capability;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.Fingerprint.Verdict;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.StoreSettings.Checksums;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Compares what was sent with the digests that the answer gives of what was made of it, as not every server checks what
 * it is sent. Of CRC32C where the server answers one; of MD5, which costs more, as long as it has not shown that it does.
 * Thread-safe.
 */
final class WrittenBytes {
    private static final Logger log = LoggerFactory.getLogger(WrittenBytes.class);
    /** The version of what is written where versions are not kept any more; another write takes the same. */
    private static final String NO_VERSION = "null";

    private final S3Settings settings;
    private final S3Clients clients;
    private final ObjectHeads heads;
    private volatile boolean answersCrc32c;

    WrittenBytes(S3Settings settings, S3Clients clients, ObjectHeads heads) {
        this.settings = settings;
        this.clients = clients;
        this.heads = heads;
    }

    /** What to sum up of the next body. */
    List<Algorithm> digests() {
        if (settings.checksums() != Checksums.WHEN_SUPPORTED) {
            return List.of(Algorithm.MD5);
        }
        return answersCrc32c ? List.of(Algorithm.CRC32C) : List.of(Algorithm.CRC32C, Algorithm.MD5);
    }

    /** @throws CorruptObjectException when a part was made of other bytes */
    void check(Call call, List<Fingerprint> sent, S3Response answer) {
        List<Fingerprint> made = ObjectAnswers.fingerprints(answer);
        answersCrc32c |= made.stream().anyMatch(one -> one.algorithm() == Algorithm.CRC32C);
        if (Fingerprint.compare(sent, made) == Verdict.DIFFERENT) {
            throw new CorruptObjectException(call + ": the service made an object of other bytes than were sent");
        }
    }

    /**
     * The same of a whole object, which is removed again if it still is that one.
     *
     * @param versionId of the object where versions are kept
     */
    void check(Call call, List<Fingerprint> sent, S3Response answer, ObjectMeta made, Optional<String> versionId) {
        try {
            check(call, sent, answer);
        } catch (CorruptObjectException e) {
            remove(call, made, versionId.filter(id -> !id.equals(NO_VERSION)));
            throw e;
        }
    }

    private void remove(Call call, ObjectMeta made, Optional<String> versionId) {
        DeleteObjectRequest.Builder request = DeleteObjectRequest.builder()
                .bucket(settings.bucket())
                .key(made.key().text());
        try {
            if (versionId.isPresent()) {
                request.versionId(versionId.get());
            } else if (settings.capabilities().contains(Capability.CONDITIONAL_DELETE)) {
                request.ifMatch(ETags.quoted(made.version()));
            } else if (!isThere(call, made)) {
                return;
            }
            S3Calls.call(call, () -> clients.single().deleteObject(request.build()));
        } catch (StaleObjectException | ObjectNotFoundException e) {
            log.debug("{}: the object of wrong bytes is not there any more", call, e);
        } catch (StoreException e) {
            log.warn("{}: an object of wrong bytes could not be removed: {}", call, e.toString());
        }
    }

    private boolean isThere(Call call, ObjectMeta made) {
        return heads.head(call, made.key())
                .filter(found -> found.version().equals(made.version()))
                .isPresent();
    }
}
