package dev.replicator.testkit.gcs.operation;

import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.request.GcsRequest;
import dev.replicator.testkit.gcs.session.RewriteSession;
import dev.replicator.testkit.gcs.session.Sessions;
import dev.replicator.testkit.gcs.session.UploadSession;
import dev.replicator.testkit.gcs.store.Bucket;
import dev.replicator.testkit.gcs.store.Buckets;
import dev.replicator.testkit.gcs.store.Ticker;
import java.util.Optional;

/** All that operations work on. */
public record World(
        Buckets buckets,
        Ticker ticker,
        Sessions<UploadSession> uploads,
        Sessions<RewriteSession> rewrites,
        Limits limits,
        Optional<String> project) {
    /** What a server does at once: entries of a page, bytes of a rewrite's call that has to move them. */
    public record Limits(int entriesPerPage, long bytesPerRewrite) {}

    /** The bucket a request is for, which must be billed to somebody. */
    Bucket bucket(GcsRequest request) {
        return bucket(request, request.bucket());
    }

    Bucket bucket(GcsRequest request, String name) {
        Bucket bucket = buckets.get(name);
        Optional<String> billed = request.query().first("userProject").or(() -> request.header("x-goog-user-project"));
        if (bucket.settings().requesterPays() && billed.isEmpty()) {
            throw GcsRefusal.of(Reason.USER_PROJECT_MISSING);
        }
        if (billed.isPresent() && !known(billed.get())) {
            throw GcsRefusal.of(Reason.INVALID, "User project specified in the request is invalid.");
        }
        return bucket;
    }

    /** Refuses a project that is not given or not the server's. */
    void checkProject(Optional<String> given) {
        if (given.filter(name -> !name.isEmpty()).isEmpty()) {
            throw GcsRefusal.ofParameter(Reason.REQUIRED, "Required parameter: project", "project");
        }
        if (!known(given.get())) {
            throw GcsRefusal.of(Reason.INVALID, "Unknown project id: " + given.get());
        }
    }

    private boolean known(String name) {
        return project.isEmpty() || project.get().equals(name);
    }
}
