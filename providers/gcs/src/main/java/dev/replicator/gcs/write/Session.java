package dev.replicator.gcs.write;

import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.services.storage.model.StorageObject;
import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsCalls;
import dev.replicator.gcs.client.GcsClient;
import dev.replicator.gcs.client.GcsErrors;
import dev.replicator.gcs.client.Refusal;
import dev.replicator.gcs.object.Crc32c;
import dev.replicator.gcs.object.Resources;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A resumable upload that was begun. Each step is sent once; its address is a secret that lets anybody go on with it, so
 * it is in no message. Used by one thread.
 */
final class Session {
    private static final Logger log = LoggerFactory.getLogger(Session.class);
    private static final int MORE = 308;
    private static final int GONE = 410;
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-(\\d{1,18})");

    private final GcsClient client;
    private final Call call;
    private final String address;
    private final long size;

    Session(GcsClient client, Call call, URI location, long size) {
        this.client = client;
        this.call = call;
        this.size = size;
        this.address = ours(client, location);
    }

    /**
     * What an answer gives as the address of an upload; empty where it is none. Its path begins with a slash: one that
     * does not would be read as a part of the host that it is put behind.
     */
    static Optional<URI> address(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            URI address = new URI(text);
            return Optional.of(address)
                    .filter(one -> one.getRawPath() != null && one.getRawPath().startsWith("/"));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The same address on the server that we talk to: credentials go to no other. */
    private static String ours(GcsClient client, URI location) {
        URI root = client.settings().root();
        String query = location.getRawQuery() == null ? "" : "?" + location.getRawQuery();
        return root.getScheme() + "://" + root.getRawAuthority() + location.getRawPath() + query;
    }

    /**
     * How far the upload is.
     *
     * @param kept bytes that the service has for good
     * @param made the object, once it is complete
     */
    record State(long kept, Optional<StorageObject> made) {}

    /** Sends bytes from {@code offset}; the last of them complete the object. */
    State put(HttpContent content, long offset, long length, Optional<Crc32c> whole) throws Lost {
        String range = length == 0 ? "bytes */" + size : "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
        return send(RequestKind.PUT, content, range, whole);
    }

    /** Asks how far the upload is. */
    State state() throws Lost {
        return send(RequestKind.MULTIPART, new EmptyContent(), "bytes */*", Optional.empty());
    }

    private State send(RequestKind kind, HttpContent content, String range, Optional<Crc32c> whole) throws Lost {
        try {
            return client.calls().call(call, kind, () -> {
                HttpRequest put = client.requests().buildPutRequest(new GenericUrl(address, true), content);
                put.getHeaders().setContentRange(range);
                billed(put);
                whole.ifPresent(crc -> put.getHeaders().set("x-goog-hash", "crc32c=" + crc.base64()));
                HttpResponse answer = put.setThrowExceptionOnExecuteError(false).execute();
                try {
                    return state(answer);
                } finally {
                    GcsCalls.end(answer);
                }
            });
        } catch (ObjectNotFoundException e) {
            throw new Lost(call, e);
        }
    }

    /** The address doesn't say who pays. */
    private void billed(HttpRequest request) {
        client.settings()
                .userProject()
                .ifPresent(project -> request.getHeaders().set("x-goog-user-project", project));
    }

    private State state(HttpResponse answer) throws IOException {
        int status = answer.getStatusCode();
        if (status == MORE) {
            return new State(kept(answer.getHeaders().getRange()), Optional.empty());
        }
        if (answer.isSuccessStatusCode()) {
            return new State(size, Optional.of(Resources.read(call, answer)));
        }
        if (status == GONE) {
            throw new ObjectNotFoundException(call + ": the upload is gone");
        }
        throw GcsErrors.answered(call, Refusal.of(answer), new IOException("status " + status));
    }

    private static long kept(@Nullable String range) {
        Matcher matcher = RANGE.matcher(range == null ? "" : range.strip());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) + 1 : 0;
    }

    /** Gives up: what was sent is dropped. */
    void cancel() {
        try {
            client.calls().call(call, RequestKind.MULTIPART, () -> {
                HttpRequest delete = client.requests().buildDeleteRequest(new GenericUrl(address, true));
                billed(delete);
                GcsCalls.end(delete.setThrowExceptionOnExecuteError(false).execute());
                return true;
            });
        } catch (StoreException | IllegalStateException e) {
            log.debug("{}: could not cancel the unfinished upload; the service drops it after a week", call, e);
        }
    }

    /** The service doesn't know the upload any more: the whole object must be sent anew. */
    static final class Lost extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient TransientStoreException failure;

        Lost(Call call, StoreException cause) {
            super(cause);
            failure = new TransientStoreException(
                    Trouble.SERVER_ERROR,
                    call + ": the service has lost the upload; it must begin again",
                    Optional.empty(),
                    cause);
        }

        /** Whether the object was made before the upload was lost is unknown. */
        TransientStoreException failure() {
            return failure;
        }
    }
}
