package dev.replicator.gcs.write;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.StorageObject;
import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsCalls;
import dev.replicator.gcs.client.GcsClient;
import dev.replicator.gcs.client.GcsErrors;
import dev.replicator.gcs.object.Crc32c;
import dev.replicator.gcs.object.ObjectHeads;
import dev.replicator.gcs.object.Resources;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.RequestKind;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.remote.Repeats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a large object part by part (Cloud Storage, "Resumable uploads"). Parts are sent one after the other, since the
 * service takes them in order only, and not held: the source is opened again where a part broke, behind the last byte
 * that the service kept. Only the last, of at most 256 KiB, is, because the checksum of the whole object goes in front of
 * it. Broken parts are repeated from the context's retry settings, nothing else is. Thread-safe.
 */
final class ResumableUpload {
    /** All parts but the last are multiples of it. */
    private static final long UNIT = 256 * 1024;

    private final GcsClient client;
    private final OwnWrites ownWrites;

    ResumableUpload(GcsClient client, ObjectHeads heads) {
        this.client = client;
        this.ownWrites = new OwnWrites(heads);
    }

    /** How many requests the bytes of an object take. */
    static long steps(TransferSizes sizes, long size) {
        long part = part(sizes, size);
        return (lastPart(size) + part - 1) / part + 1;
    }

    private static long part(TransferSizes sizes, long size) {
        return (sizes.partOf(size) + UNIT - 1) / UNIT * UNIT;
    }

    /** Where the part begins that is held. */
    private static long lastPart(long size) {
        return (size - 1) / UNIT * UNIT;
    }

    /**
     * Writes {@code body}.
     *
     * @param insert names bucket, object and conditions
     * @param operation id that {@code resource} carries in its metadata, where it does
     */
    MadeObjects.Upload upload(
            Call call,
            ObjectKey key,
            ObjectBody body,
            StorageObject resource,
            Storage.Objects.Insert insert,
            Optional<String> operation) {
        Progress progress =
                new Progress(call, body, GcsWriter.type(resource), begin(call, body.size(), resource, insert));
        try {
            StorageObject made = progress.run();
            return new MadeObjects.Upload(Resources.meta(call, client.settings().bucket(), key, made), progress.whole);
        } catch (TransientStoreException e) {
            Optional<ObjectMeta> ours = progress.mayBeMade()
                    ? ownWrites.find(call, key, found -> OwnWrites.carries(found, operation))
                    : Optional.empty();
            if (ours.isPresent()) {
                return new MadeObjects.Upload(ours.get(), progress.whole);
            }
            progress.session.cancel();
            throw e;
        } catch (RuntimeException e) {
            progress.session.cancel();
            throw e;
        }
    }

    private Session begin(Call call, long size, StorageObject resource, Storage.Objects.Insert insert) {
        GenericUrl url = insert.buildHttpRequestUrl();
        url.set("uploadType", "resumable");
        URI location = client.calls().call(call, RequestKind.MULTIPART, () -> {
            HttpRequest post = client.requests()
                    .buildPostRequest(url, new JsonHttpContent(GsonFactory.getDefaultInstance(), resource));
            post.getHeaders().set("X-Upload-Content-Length", Long.toString(size));
            post.getHeaders().set("X-Upload-Content-Type", GcsWriter.type(resource));
            HttpResponse answer = post.execute();
            try {
                return location(answer.getHeaders().getLocation());
            } finally {
                GcsCalls.end(answer);
            }
        });
        return new Session(client, call, location, size);
    }

    private static URI location(@Nullable String text) throws IOException {
        return Session.address(text)
                // Not as a cause, and not shown: the address is a secret.
                .orElseThrow(() -> new IOException("the answer to the start of an upload names no address"));
    }

    /** One upload on its way. Used by one thread. */
    private final class Progress {
        private final Call call;
        private final ObjectBody body;
        private final String type;
        private final Session session;
        private final Repeats repeats;
        private final long part;
        private final long lastPart;
        private Crc32c before = Crc32c.EMPTY;
        private Crc32c known = Crc32c.EMPTY;
        private Crc32c whole = Crc32c.EMPTY;
        private long kept;
        private boolean sourceFailed;

        Progress(Call call, ObjectBody body, String type, Session session) {
            this.call = call;
            this.body = body;
            this.type = type;
            this.session = session;
            repeats = new Repeats(call.toString(), client.retry());
            part = part(client.settings().sizes(), body.size());
            lastPart = lastPart(body.size());
        }

        /** Whether the service may have made the object, for all that we know. */
        boolean mayBeMade() {
            return whole.length() == body.size();
        }

        StorageObject run() {
            boolean ask = false;
            while (true) {
                try {
                    Session.State state = ask ? session.state() : step();
                    if (state.made().isPresent()) {
                        return state.made().get();
                    }
                    advance(state.kept(), ask);
                    ask = false;
                } catch (Session.Lost e) {
                    throw e.failure();
                } catch (TransientStoreException e) {
                    if (sourceFailed) {
                        throw e;
                    }
                    repeats.after(e);
                    ask = true;
                }
            }
        }

        private Session.State step() throws Session.Lost {
            if (kept >= lastPart) {
                byte[] rest = rest();
                return session.put(new ByteArrayContent(type, rest), kept, rest.length, Optional.of(whole));
            }
            PartContent content = new PartContent(call, body, type, known, kept, Math.min(part, lastPart - kept));
            try {
                Session.State state = session.put(content, kept, content.getLength(), Optional.empty());
                before = known;
                known = content.sum();
                return state;
            } finally {
                sourceFailed = content.sourceFailed();
            }
        }

        /** The last bytes, held; sums up the whole. */
        private byte[] rest() {
            PartContent content = new PartContent(call, body, type, known, kept, body.size() - kept);
            ByteArrayOutputStream held = new ByteArrayOutputStream((int) content.getLength());
            try {
                content.writeTo(held);
            } catch (IOException e) {
                sourceFailed = true;
                throw GcsErrors.translate(call, e);
            } catch (RuntimeException e) {
                sourceFailed = true;
                throw e;
            }
            whole = content.sum();
            return held.toByteArray();
        }

        private void advance(long now, boolean asked) throws Session.Lost {
            if (now < before.length() || now > body.size()) {
                throw new Session.Lost(call, trouble("it keeps " + now + " bytes, against what it said"));
            }
            if (now > kept) {
                repeats.succeeded();
            }
            boolean moved = now > kept || asked;
            kept = now;
            if (known.length() > kept) {
                known = before;
            }
            if (!moved) {
                throw trouble("it keeps nothing of a part");
            }
        }

        private TransientStoreException trouble(String what) {
            return new TransientStoreException(Trouble.SERVER_ERROR, call + ": the service is out of step: " + what);
        }
    }
}
