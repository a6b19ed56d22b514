package dev.replicator.testkit.wire;

import dev.replicator.testkit.http.Ending;
import dev.replicator.testkit.http.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** One thing that goes wrong with one request, at any service; each fake adds its own kinds. */
public interface WireFault {
    /** Answers this in place of doing anything. */
    record Answer(int status, Map<String, String> headers, String body) implements WireFault {
        public Answer {
            headers = Map.copyOf(headers);
        }

        /** The same with a {@code Retry-After} in whole seconds. */
        public Answer retryAfter(Duration wait) {
            return with("Retry-After", Long.toString(wait.toSeconds()));
        }

        public Answer with(String header, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new Answer(status, more, body);
        }
    }

    /** Ends the connection without an answer, having done nothing. */
    record DropBeforeCommit(Ending ending) implements WireFault {}

    /** Does what was asked, then ends the connection without an answer. */
    record DropAfterCommit(Ending ending) implements WireFault {}

    /** Holds the request for this long (or until the server closes), then ends the connection; does nothing. */
    record Stall(Duration most) implements WireFault {}

    /** Holds the request for this long, then goes on with it. */
    record Delay(Duration duration) implements WireFault {}

    /** Announces the whole body, sends its first bytes and ends the connection. */
    record Truncate(long afterBytes, Ending ending) implements WireFault {}

    /** Sends the first bytes of the body, then nothing for this long, then the rest. */
    record StallBody(long afterBytes, Duration duration) implements WireFault {}

    /** Sends the body no faster than this. */
    record SlowBody(long bytesPerSecond) implements WireFault {}

    /** Flips the lowest bit of the body's byte at this offset. */
    record FlipBit(long offset) implements WireFault {}

    /** Receives an upload with the lowest bit flipped of the byte of content at this offset of the request. */
    record CorruptUpload(long offset) implements WireFault {
        /** The content as it arrives; as it was sent where it is shorter. */
        public byte[] arrived(byte[] sent) {
            if (offset >= sent.length) {
                return sent;
            }
            byte[] corrupted = sent.clone();
            corrupted[Math.toIntExact(offset)] ^= 1;
            return corrupted;
        }
    }

    /** Does what was asked and answers with another body and its right length. */
    record ReplaceBody(Payload body) implements WireFault {}

    static Answer answer(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "text/plain"), body);
    }

    /** A page as proxies and load balancers send it. */
    static Answer html(int status) {
        return new Answer(
                status,
                Map.of("Content-Type", "text/html"),
                "<html><head><title>" + status + "</title></head><body><h1>" + status + "</h1></body></html>");
    }

    static DropBeforeCommit dropBeforeCommit() {
        return new DropBeforeCommit(Ending.RST);
    }

    static DropAfterCommit dropAfterCommit() {
        return new DropAfterCommit(Ending.RST);
    }

    static Delay delay(Duration duration) {
        return new Delay(duration);
    }

    static Stall stall(Duration most) {
        return new Stall(most);
    }

    static Truncate truncate(long afterBytes) {
        return new Truncate(afterBytes, Ending.FIN);
    }

    static ReplaceBody body(String text) {
        return new ReplaceBody(Payload.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
