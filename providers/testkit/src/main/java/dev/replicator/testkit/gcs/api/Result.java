package dev.replicator.testkit.gcs.api;

import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.log.Outcome;

/** An answer before it is framed, and what led to it; {@code reason} is empty when nothing was refused. */
record Result(HttpResponse response, String reason, long bytesIn, boolean changed) {
    Outcome outcome() {
        return new Outcome(response.status(), reason, bytesIn, response.body().length(), changed);
    }

    Result with(HttpResponse other) {
        return new Result(other, reason, bytesIn, changed);
    }
}
