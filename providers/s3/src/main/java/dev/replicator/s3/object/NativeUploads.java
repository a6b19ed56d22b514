package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Clients;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.WriteOptions;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Uploads by the native client, which sends a CRC64NVME with each part and with the whole, and shows nothing of what was
 * answered to the parts: so only to a server that checks them. Amazon does. Of any other the first large file tells, which
 * goes in our own parts with that checksum: who answers it keeps it. A server that does not is sent nothing in this way.
 * Thread-safe.
 */
final class NativeUploads {
    private static final Logger log = LoggerFactory.getLogger(NativeUploads.class);

    private enum Server {
        UNKNOWN,
        CHECKS,
        CHECKS_NOTHING
    }

    private final S3Settings settings;
    private final S3Clients clients;
    private final OwnWrites ownWrites;
    private final Written written;
    private final WrittenBytes bytes;
    private volatile Server server;

    NativeUploads(S3Settings settings, S3Clients clients, ObjectHeads heads, WrittenBytes bytes) {
        this.settings = settings;
        this.clients = clients;
        this.ownWrites = new OwnWrites(heads);
        this.written = new Written(heads, clients.time());
        this.bytes = bytes;
        server = settings.amazon() ? Server.CHECKS : Server.UNKNOWN;
    }

    /** Whether the server is known to check what the native client sends. */
    boolean areChecked() {
        return server == Server.CHECKS;
    }

    /** Whether parts with the native client's checksum would tell what is not known yet. */
    boolean asks() {
        return server == Server.UNKNOWN;
    }

    /** A part with that checksum was answered so. */
    void answered(UploadPartResponse answer) {
        server = answer.checksumCRC64NVME() == null ? Server.CHECKS_NOTHING : Server.CHECKS;
    }

    /** A server that refuses that checksum does not know it. */
    void refused(Call call, InvalidRequestException refusal) {
        log.debug("{}: perhaps for its checksum, CRC64NVME", call, refusal);
        server = Server.CHECKS_NOTHING;
    }

    /**
     * The native client repeats a completion whose answer was lost, and is then told that the object exists: ours, and
     * right if its bytes are those of the body.
     */
    ObjectMeta upload(Call call, ObjectKey key, ObjectBody body, WriteOptions options, PutObjectRequest request) {
        long size = body.size();
        try (OpenStreams streams = new OpenStreams(call, body::open, size, List.of())) {
            PutObjectResponse answer = clients.transfers().upload(call, own(request), streams.next(), size);
            return written.of(call, key, size, answer);
        } catch (TransientStoreException | StaleObjectException e) {
            OwnWrites.Found found = ownWrites
                    .find(call, key, options.operation(), Optional.empty())
                    .orElseThrow(() -> e);
            bytes.prove(call, found.object(), found.head(), List.of(), body);
            return found.object();
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
}
