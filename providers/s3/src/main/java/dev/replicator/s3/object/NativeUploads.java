package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Clients;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.Fingerprint.Verdict;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.WriteOptions;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Uploads by the native client, which sends a CRC64NVME with each part and with the whole and shows nothing of what was
 * answered to the parts. Amazon refuses what does not have that checksum. Of any other server a head of the first object
 * tells: it must have the size that was sent, and the checksum, if it has one. A server that keeps none checks nothing,
 * so nothing more is uploaded to it in this way. Thread-safe.
 */
final class NativeUploads {
    /** The version of what is written where versions are not kept any more; another write takes the same. */
    private static final String NO_VERSION = "null";

    private enum Server {
        UNKNOWN,
        CHECKS,
        CHECKS_NOTHING
    }

    private final S3Settings settings;
    private final S3Clients clients;
    private final ObjectHeads heads;
    private final OwnWrites ownWrites;
    private final Written written;
    private final WrittenBytes bytes;
    private volatile Server server;

    NativeUploads(S3Settings settings, S3Clients clients, ObjectHeads heads, WrittenBytes bytes) {
        this.settings = settings;
        this.clients = clients;
        this.heads = heads;
        this.ownWrites = new OwnWrites(heads);
        this.written = new Written(heads, clients.time());
        this.bytes = bytes;
        server = settings.amazon() ? Server.CHECKS : Server.UNKNOWN;
    }

    /** Whether the server checks what it is sent, as far as is known. */
    boolean areChecked() {
        return server != Server.CHECKS_NOTHING;
    }

    /** The native client repeats a completion whose answer was lost, and is then told that the object exists: ours. */
    ObjectMeta upload(Call call, ObjectKey key, ObjectBody body, WriteOptions options, PutObjectRequest request) {
        long size = body.size();
        List<Algorithm> digests = server == Server.UNKNOWN ? List.of(Algorithm.CRC64NVME) : List.of();
        try (OpenStreams streams = new OpenStreams(call, body::open, size, digests)) {
            PutObjectResponse answer = clients.transfers().upload(call, own(request), streams.next(), size);
            ObjectMeta made = written.of(call, key, size, answer);
            if (!digests.isEmpty()) {
                check(call, streams.sent(), made, Optional.ofNullable(answer.versionId()));
            }
            return made;
        } catch (TransientStoreException | StaleObjectException e) {
            return ownWrites
                    .find(call, key, size, options.operation(), Optional.empty())
                    .orElseThrow(() -> e);
        }
    }

    private PutObjectRequest own(PutObjectRequest request) {
        PutObjectRequest.Builder own = request.toBuilder();
        if (settings.checksums() == Checksums.WHEN_SUPPORTED) {
            own.checksumAlgorithm(ChecksumAlgorithm.CRC64_NVME);
        }
        if (settings.requesterPays()) {
            own.requestPayer(S3Settings.REQUESTER);
        }
        settings.expectedBucketOwner().ifPresent(own::expectedBucketOwner);
        return own.build();
    }

    /** What another wrote since is none of our business. */
    private void check(Call call, List<Fingerprint> sent, ObjectMeta made, Optional<String> versionId) {
        Optional<ObjectMeta> found =
                heads.head(call, made.key()).filter(head -> head.version().equals(made.version()));
        if (found.isEmpty()) {
            return;
        }
        Verdict verdict = Fingerprint.compare(sent, found.get().fingerprints());
        server = verdict == Verdict.UNKNOWN ? Server.CHECKS_NOTHING : Server.CHECKS;
        if (found.get().size() != made.size() || verdict == Verdict.DIFFERENT) {
            bytes.remove(call, made, versionId.filter(id -> !id.equals(NO_VERSION)));
            throw new CorruptObjectException(call + ": the service made an object of other bytes than were sent");
        }
    }
}
