package dev.replicator.testkit.gcs.session;

import dev.replicator.testkit.gcs.request.UploadTerms;
import dev.replicator.testkit.gcs.store.StoredObject;
import dev.replicator.testkit.objects.Content;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A resumable upload on its way; guarded by its own monitor, which callers hold over several steps. */
public final class UploadSession {
    private final String id;
    private final String bucket;
    private final UploadTerms terms;
    private final Instant started;
    private final List<Content> pieces = new ArrayList<>();
    private long persisted;
    private OptionalLong total;
    private Optional<StoredObject> result = Optional.empty();
    private boolean cancelled;

    public UploadSession(String id, String bucket, UploadTerms terms, OptionalLong total, Instant started) {
        this.id = id;
        this.bucket = bucket;
        this.terms = terms;
        this.total = total;
        this.started = started;
    }

    public String id() {
        return id;
    }

    public String bucket() {
        return bucket;
    }

    /** What the session was started with. */
    public UploadTerms terms() {
        return terms;
    }

    public Instant started() {
        return started;
    }

    /** How many bytes are safe with the server. */
    public synchronized long persisted() {
        return persisted;
    }

    /** The size of the whole, once it was said. */
    public synchronized OptionalLong total() {
        return total;
    }

    public synchronized void declare(long size) {
        total = OptionalLong.of(size);
    }

    public synchronized void append(Content piece) {
        if (piece.length() > 0) {
            pieces.add(piece);
            persisted += piece.length();
        }
    }

    public synchronized Content content() {
        return pieces.isEmpty() ? Content.of(new byte[0]) : Content.joined(pieces);
    }

    /** What the upload has become, once it ended. */
    public synchronized Optional<StoredObject> result() {
        return result;
    }

    public synchronized void finish(StoredObject object) {
        result = Optional.of(object);
        pieces.clear();
    }

    public synchronized boolean cancelled() {
        return cancelled;
    }

    public synchronized void cancel() {
        cancelled = true;
        pieces.clear();
    }
}
