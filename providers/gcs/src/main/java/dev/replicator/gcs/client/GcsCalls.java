package dev.replicator.gcs.client;

import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpStatusCodes;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StoreException;
import java.io.IOException;

/** Makes requests of the client: counted right before they are sent, their failures translated. Thread-safe. */
public final class GcsCalls {
    private final GcsClient client;

    GcsCalls(GcsClient client) {
        this.client = client;
    }

    /** Sends one request. */
    @FunctionalInterface
    public interface Request<T> {
        T send() throws IOException;
    }

    /**
     * The answer to {@code request}; sends nothing when the thread is interrupted.
     *
     * @throws dev.replicator.store.StoreException for every failure of the service, the network or the body sent
     */
    public <T> T call(Call call, RequestKind kind, Request<T> request) {
        if (Thread.currentThread().isInterrupted()) {
            throw GcsErrors.interrupted(call, new InterruptedException());
        }
        client.requireOpen();
        client.meter().count(kind);
        try {
            return request.send();
        } catch (IOException | IllegalArgumentException e) {
            throw located(call, GcsErrors.translate(call, e));
        }
    }

    /** The service says whether it lacks the object or the bucket; others say "Not Found" of both. */
    private StoreException located(Call call, StoreException failure) {
        boolean unclear = failure instanceof ObjectNotFoundException
                && !String.valueOf(failure.getMessage()).contains(GcsErrors.NO_OBJECT);
        return unclear && isBucketMissing(call)
                ? new BucketNotFoundException(call + ": the bucket is not there", failure)
                : failure;
    }

    private boolean isBucketMissing(Call call) {
        client.meter().count(RequestKind.LIST);
        try {
            HttpResponse answer = client.get(client.objects()
                            .list(call.bucket())
                            .setMaxResults(1L)
                            .setFields("kind"))
                    .setThrowExceptionOnExecuteError(false)
                    .execute();
            end(answer);
            return answer.getStatusCode() == HttpStatusCodes.STATUS_CODE_NOT_FOUND;
        } catch (IOException e) {
            throw GcsErrors.translate(call, e);
        }
    }

    /** Ends an answer that is of no more use, cutting the connection where bytes are left. */
    public static void end(HttpResponse answer) {
        try {
            answer.disconnect();
        } catch (IOException e) {
            // The connection is gone either way.
        }
    }
}
