package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Calls;
import dev.replicator.s3.client.S3Clients;
import dev.replicator.s3.client.S3Errors;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.Fingerprint.Verdict;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.remote.CountedStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** Looks at the bytes of an object that was just written, where an answer alone tells too little. Thread-safe. */
final class ReadBack {
    private final S3Settings settings;
    private final S3Clients clients;

    ReadBack(S3Settings settings, S3Clients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    /**
     * Whether the {@code length} bytes from {@code offset} are those of {@code sent}; {@code UNKNOWN} when the object is
     * not there any more.
     *
     * @throws dev.replicator.store.TransientStoreException also when fewer or others come than the answer says, which
     *     shows nothing of the object
     */
    Verdict compare(
            Call call, ObjectMeta made, Optional<String> versionId, long offset, long length, List<Fingerprint> sent) {
        GetObjectRequest.Builder request = GetObjectRequest.builder()
                .bucket(settings.bucket())
                .key(Keys.required(call, made.key()))
                .ifMatch(ETags.quoted(made.version()));
        versionId.ifPresent(request::versionId);
        if (length < made.size()) {
            request.range("bytes=" + offset + "-" + (offset + length - 1));
        }
        List<Algorithm> digests = sent.stream().map(Fingerprint::algorithm).toList();
        try (InputStream in = S3Calls.call(call, () -> clients.single().getObject(request.build()));
                SummedStream summed = new SummedStream(new CountedStream(call, in, length), digests)) {
            summed.transferTo(OutputStream.nullOutputStream());
            return Fingerprint.compare(sent, summed.fingerprints());
        } catch (StaleObjectException | ObjectNotFoundException e) {
            return Verdict.UNKNOWN;
        } catch (CorruptObjectException e) {
            throw new TransientStoreException(
                    Trouble.NETWORK,
                    call + ": what was written can't be read back: " + e.getMessage(),
                    Optional.empty(),
                    e);
        } catch (IOException e) {
            throw S3Errors.translate(call, e);
        }
    }
}
