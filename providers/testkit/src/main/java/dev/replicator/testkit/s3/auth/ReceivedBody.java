package dev.replicator.testkit.s3.auth;

import java.util.Map;

/** A request's body after every framing is taken off and its own hashes are checked. The array is not shared. */
public record ReceivedBody(byte[] bytes, Map<String, String> trailers) {
    public ReceivedBody {
        trailers = Map.copyOf(trailers);
    }
}
