package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Calls;
import dev.replicator.s3.client.S3Clients;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.digest.PartDigests;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Sends the parts of one body and remembers what they tell of the whole: its checksum, and what their answers leave open.
 * Thread-safe.
 */
final class SentParts implements Multipart.Sender {
    private final Call call;
    private final S3Clients clients;
    private final NativeUploads uploads;
    private final WrittenBytes bytes;
    private final ObjectBody body;
    private final CreateMultipartUploadRequest create;
    private final boolean asks;
    private final Algorithm algorithm;
    private final PartDigests sums;
    private volatile Optional<Fingerprint> whole = Optional.empty();
    private final Queue<WrittenBytes.Doubt> doubts = new ConcurrentLinkedQueue<>();
    private final Queue<CompletedPart> completed = new ConcurrentLinkedQueue<>();

    /** @param create the request that began the upload; with CRC64NVME it asks whether the server checks that */
    SentParts(
            Call call,
            S3Clients clients,
            NativeUploads uploads,
            WrittenBytes bytes,
            ObjectBody body,
            CreateMultipartUploadRequest create) {
        this.call = call;
        this.clients = clients;
        this.uploads = uploads;
        this.bytes = bytes;
        this.body = body;
        this.create = create;
        asks = create.checksumAlgorithm() == ChecksumAlgorithm.CRC64_NVME;
        algorithm = asks ? Algorithm.CRC64NVME : Algorithm.CRC32C;
        sums = PartDigests.of(algorithm, body.size()).orElseThrow();
    }

    @Override
    public CompletedPart send(String upload, int number, long offset, long length) {
        UploadPartRequest request = UploadPartRequest.builder()
                .bucket(create.bucket())
                .key(create.key())
                .uploadId(upload)
                .partNumber(number)
                .checksumAlgorithm(create.checksumAlgorithm())
                .build();
        List<Algorithm> digests = asks ? List.of(Algorithm.CRC64NVME, Algorithm.MD5) : bytes.digests();
        try (OpenStreams streams = new OpenStreams(call, () -> body.open(offset, length), length, digests)) {
            RequestBody content = streams.asRequestBody();
            UploadPartResponse answer = S3Calls.call(call, () -> clients.parts().uploadPart(request, content));
            List<Fingerprint> sent = streams.sent();
            bytes.check(call, sent, answer, offset, length).ifPresent(doubts::add);
            if (asks) {
                uploads.answered(answer);
            }
            add(offset, length, sent);
            CompletedPart part = CompletedPart.builder()
                    .partNumber(number)
                    .eTag(answer.eTag())
                    .checksumCRC32C(answer.checksumCRC32C())
                    .checksumCRC64NVME(answer.checksumCRC64NVME())
                    .build();
            completed.add(part);
            return part;
        }
    }

    private void add(long offset, long length, List<Fingerprint> sent) {
        sent.stream()
                .filter(one -> one.algorithm() == algorithm)
                .flatMap(one -> sums.add(offset, length, one).stream())
                .forEach(sum -> whole = Optional.of(sum));
    }

    /**
     * Checks what the object was made of.
     *
     * @throws dev.replicator.store.CorruptObjectException when of other bytes than were sent
     */
    void check(Multipart.Made made) {
        List<Fingerprint> sent = new ArrayList<>(whole.stream().toList());
        if (made.found()) {
            ofParts().ifPresent(sent::add);
            bytes.prove(call, made.object(), made.answer(), sent, body);
        } else {
            bytes.check(call, sent, made.answer(), made.object(), made.versionId());
        }
        if (!doubts.isEmpty()) {
            bytes.settle(call, made.object(), made.versionId(), List.copyOf(doubts));
        }
    }

    private Optional<Fingerprint> ofParts() {
        List<CompletedPart> parts = completed.stream()
                .sorted((one, other) -> one.partNumber().compareTo(other.partNumber()))
                .toList();
        return ETags.ofParts(parts).map(etag -> new Fingerprint(Algorithm.ETAG, etag));
    }
}
