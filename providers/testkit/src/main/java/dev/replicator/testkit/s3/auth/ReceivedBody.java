package dev.replicator.testkit.s3.auth;

import java.util.Map;

/** A request's body after every framing is taken off and its own hashes are checked. */
public final class ReceivedBody {
    /** Of a request that has none, or whose body was not asked for. */
    public static final ReceivedBody EMPTY = new ReceivedBody(new byte[0], Map.of());

    private final byte[] bytes;
    private final Map<String, String> trailers;

    ReceivedBody(byte[] bytes, Map<String, String> trailers) {
        this.bytes = bytes;
        this.trailers = Map.copyOf(trailers);
    }

    /** The same trailers behind other bytes. */
    public ReceivedBody withBytes(byte[] others) {
        return new ReceivedBody(others, trailers);
    }

    /** The bytes themselves, not a copy: nobody changes them. */
    public byte[] bytes() {
        return bytes;
    }

    /** Trailer fields by their lower-case names. */
    public Map<String, String> trailers() {
        return trailers;
    }
}
