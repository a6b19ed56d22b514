package dev.replicator.gcs.object;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.services.storage.Storage;
import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsCalls;
import dev.replicator.gcs.client.GcsClient;
import dev.replicator.gcs.client.GcsErrors;
import dev.replicator.gcs.client.GcsSettings;
import dev.replicator.store.Capability;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StaleObjectException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The bytes of one object in one version. Every read is pinned to the generation and checked against the answer's
 * besides. Objects stored compressed come as they are stored: the request accepts gzip, and an answer that was
 * decompressed on its way is refused. Whole reads, and ranges that together make a whole, are checked against the
 * object's CRC32C. Thread-safe.
 *
 * <table>
 * <caption>Where metadata come from</caption>
 * <tr><td>a small object whose listing showed them</td><td>from there: the first read, which {@link #open()} then hands
 * out, is pinned to the metageneration too, so it is the service that says whether they still hold</td></tr>
 * <tr><td>the same, when they no longer hold</td><td>a head of the same generation; stale if there is none</td></tr>
 * <tr><td>any other, or one that was read before</td><td>a head of the same generation</td></tr>
 * </table>
 */
public final class GcsBody implements ObjectBody {
    private static final String GENERATION = "x-goog-generation";
    private static final String METAGENERATION = "x-goog-metageneration";
    private static final String GZIP = "gzip";

    private final GcsClient client;
    private final ObjectHeads heads;
    private final ObjectMeta object;
    private final Call call;
    private final RangeChecks checks;
    private Optional<ObjectMetadata> metadata = Optional.empty();
    private Optional<HttpResponse> waiting = Optional.empty();
    private boolean opened;

    /** Sends nothing. */
    public GcsBody(GcsClient client, ObjectHeads heads, ObjectMeta object) {
        this.client = client;
        this.heads = heads;
        this.object = object;
        call = Call.of("read", client.settings().bucket(), object.key());
        checks = new RangeChecks(object.size(), Crc32c.shown(object.fingerprints()));
    }

    @Override
    public long size() {
        return object.size();
    }

    @Override
    public synchronized ObjectMetadata metadata() {
        if (metadata.isEmpty()) {
            metadata = !opened && showsMetadata(object, client.settings()) ? confirmed() : headed();
        }
        return metadata.orElse(ObjectMetadata.NONE);
    }

    /** Whether a read of {@code object} can confirm the metadata that came with it. */
    public static boolean showsMetadata(ObjectMeta object, GcsSettings settings) {
        return object.metadata().isPresent()
                && object.metageneration() > 0
                && object.size() <= settings.sizes().multipartUpload()
                && settings.can(Capability.PINNED_READ);
    }

    private Optional<ObjectMetadata> confirmed() {
        try {
            waiting = Optional.of(answer(Optional.empty(), Optional.of(object.metageneration())));
            return object.metadata();
        } catch (StaleObjectException e) {
            return headed();
        }
    }

    private Optional<ObjectMetadata> headed() {
        return heads.pinned(call, client.settings().ref(), object).metadata();
    }

    @Override
    public synchronized InputStream open() {
        HttpResponse answer = waiting.orElseGet(() -> answer(Optional.empty(), Optional.empty()));
        waiting = Optional.empty();
        opened = true;
        return stream(answer, 0, object.size());
    }

    @Override
    public InputStream open(long offset, long length) {
        if (offset < 0 || length < 0 || offset + length > object.size()) {
            throw new IllegalArgumentException("bytes " + offset + "+" + length + " of an object of " + object.size());
        }
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        if (length == object.size()) {
            return open();
        }
        String range = "bytes=" + offset + "-" + (offset + length - 1);
        return stream(answer(Optional.of(range), Optional.empty()), offset, length);
    }

    /** An answer that is what was asked for, its bytes not read yet. */
    private HttpResponse answer(Optional<String> range, Optional<Long> metageneration) {
        HttpResponse answer = get(range, metageneration);
        try {
            HttpHeaders headers = answer.getHeaders();
            requireVersion(headers, metageneration);
            requireRange(headers, range);
            requireAsStored(headers);
            Digests.crc32c(headers).ifPresent(checks::expect);
            return answer;
        } catch (RuntimeException e) {
            GcsCalls.end(answer);
            throw e;
        }
    }

    private InputStream stream(HttpResponse answer, long offset, long length) {
        try {
            InputStream content = answer.getContent();
            return new BodyStream(
                    call, answer, content == null ? InputStream.nullInputStream() : content, offset, length, checks);
        } catch (IOException e) {
            GcsCalls.end(answer);
            throw GcsErrors.translate(call, e);
        }
    }

    private HttpResponse get(Optional<String> range, Optional<Long> metageneration) {
        String name = Keys.text(object.key())
                .orElseThrow(() -> new ObjectNotFoundException(call + ": such a key is in no bucket"));
        return client.calls().call(call, RequestKind.GET, () -> {
            Storage.Objects.Get request = client.objects().get(client.settings().bucket(), name);
            if (client.settings().can(Capability.PINNED_READ)) {
                Conditions.generation(object.version()).ifPresent(request::setIfGenerationMatch);
                metageneration.ifPresent(request::setIfMetagenerationMatch);
            }
            request.setAlt("media");
            HttpRequest get = client.get(request).setResponseReturnRawInputStream(true);
            get.getHeaders().setAcceptEncoding(GZIP);
            range.ifPresent(get.getHeaders()::setRange);
            return get.execute();
        });
    }

    /** A version that is no generation was never this object's. */
    private void requireVersion(HttpHeaders headers, Optional<Long> metageneration) {
        String generation = headers.getFirstHeaderStringValue(GENERATION);
        String edition = headers.getFirstHeaderStringValue(METAGENERATION);
        boolean known = Conditions.generation(object.version()).isPresent();
        if (!known || (generation != null && !generation.equals(object.version().token()))) {
            throw new StaleObjectException(call + ": it is no longer the version that was seen");
        }
        if (edition != null && metageneration.isPresent() && !edition.equals(Long.toString(metageneration.get()))) {
            throw new StaleObjectException(call + ": its metadata are no longer those that were seen");
        }
    }

    private void requireRange(HttpHeaders headers, Optional<String> range) {
        Long length = headers.getContentLength();
        if (range.isEmpty() && length != null && length != object.size()) {
            throw new CorruptObjectException(
                    call + ": the server offers " + length + " of " + object.size() + " bytes");
        }
        if (range.isPresent()
                && !String.valueOf(headers.getContentRange())
                        .equals(range.get().replace('=', ' ') + "/" + object.size())) {
            throw new CorruptObjectException(call + ": the server answers a range with other bytes");
        }
    }

    private void requireAsStored(HttpHeaders headers) {
        boolean stored = GZIP.equals(headers.getFirstHeaderStringValue("x-goog-stored-content-encoding"));
        if (stored && !GZIP.equals(headers.getContentEncoding())) {
            throw new CorruptObjectException(call + ": the server decompressed the object on its way");
        }
    }

    @Override
    public synchronized void close() {
        waiting.ifPresent(GcsCalls::end);
        waiting = Optional.empty();
    }
}
