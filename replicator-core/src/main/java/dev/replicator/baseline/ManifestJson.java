package dev.replicator.baseline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** {@code current.json}: a line with the manifest and a line with that line's SHA-256, so that a torn one shows. */
final class ManifestJson {
    /** Version of the format; what is newer can't be read. */
    static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private ManifestJson() {}

    static byte[] bytes(Manifest manifest) {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", FORMAT).put("runId", manifest.runId());
        json.put("createdAt", manifest.createdAt().toString());
        json.put("rule", manifest.subject().rule())
                .put("scope", manifest.subject().scope());
        json.put("source", manifest.subject().source())
                .put("destination", manifest.subject().destination());
        ArrayNode paths = json.putArray("paths");
        manifest.subject()
                .paths()
                .forEach(path -> paths.addObject().put("from", path.from()).put("to", path.to()));
        json.put("whole", manifest.whole()).put("entries", manifest.entries());
        ArrayNode chunks = json.putArray("chunks");
        manifest.chunks()
                .forEach(chunk -> chunks.addObject()
                        .put("name", chunk.name())
                        .put("pair", chunk.pair())
                        .put("entries", chunk.entries())
                        .put("bytes", chunk.bytes())
                        .put("sha256", chunk.sha256())
                        .put(
                                "last",
                                Base64.getEncoder().encodeToString(chunk.last().bytes())));
        byte[] line = line(json);
        byte[] seal = seal(line);
        byte[] both = Arrays.copyOf(line, line.length + seal.length);
        System.arraycopy(seal, 0, both, line.length, seal.length);
        return both;
    }

    private static byte[] seal(byte[] line) {
        return line(JSON.createObjectNode().put("sha256", Sha256.hex(line)));
    }

    private static byte[] line(ObjectNode json) {
        try {
            return (JSON.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a baseline's manifest can't be written", e);
        }
    }

    /** @throws UnusableBaselineException when this is no whole manifest of a format known here */
    static Manifest parse(byte[] bytes) throws UnusableBaselineException {
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        if (end == bytes.length) {
            throw new UnusableBaselineException("its manifest is torn");
        }
        byte[] line = Arrays.copyOf(bytes, end + 1);
        if (!Arrays.equals(bytes, end + 1, bytes.length, seal(line), 0, seal(line).length)) {
            throw new UnusableBaselineException("its manifest is torn");
        }
        try {
            return manifest(JSON.readTree(line));
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
            throw new UnusableBaselineException("its manifest can't be read", e);
        }
    }

    private static Manifest manifest(JsonNode json) throws UnusableBaselineException {
        if (json.path("format").asInt() != FORMAT) {
            throw new UnusableBaselineException(
                    "its format " + json.path("format").asText() + " is not known to this version");
        }
        List<BaselineSubject.Path> paths = new ArrayList<>();
        json.path("paths")
                .forEach(path -> paths.add(new BaselineSubject.Path(
                        path.path("from").asText(), path.path("to").asText())));
        List<Chunk> chunks = new ArrayList<>();
        json.path("chunks").forEach(chunk -> chunks.add(chunk(chunk)));
        return new Manifest(
                json.path("runId").asText(),
                Instant.parse(json.path("createdAt").asText()),
                new BaselineSubject(
                        json.path("source").asText(),
                        json.path("destination").asText(),
                        paths,
                        json.path("rule").asText(),
                        json.path("scope").asText()),
                json.path("whole").asBoolean(),
                chunks);
    }

    private static Chunk chunk(JsonNode json) {
        return new Chunk(
                json.path("name").asText(),
                json.path("pair").asInt(),
                json.path("entries").asInt(),
                json.path("bytes").asLong(),
                json.path("sha256").asText(),
                ObjectKey.ofBytes(Base64.getDecoder().decode(json.path("last").asText())));
    }
}
