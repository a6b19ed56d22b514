package dev.replicator.baseline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.Version;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * An object of intents: gzipped JSON lines, the first of which says which locations and paths the others speak of, so that
 * no other job's are believed.
 */
final class IntentCodec {
    private static final int FORMAT = 1;
    private static final long MOST_NANOS = 999_999_999;
    private static final ObjectMapper JSON = new ObjectMapper();

    private IntentCodec() {}

    /**
     * One line.
     *
     * @param at pair of the subject's, and the key relative to it
     * @param intent of that key
     */
    record Row(BaselineKey at, Intent intent) {}

    static byte[] bytes(BaselineSubject subject, List<Row> rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(line(JSON.createObjectNode().put("format", FORMAT).set("about", about(subject))));
            for (Row row : rows) {
                out.write(line(json(row)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static ArrayNode about(BaselineSubject subject) {
        ArrayNode about = JSON.createArrayNode().add(subject.source()).add(subject.destination());
        subject.paths().forEach(path -> about.add(path.from()).add(path.to()));
        return about;
    }

    private static ObjectNode json(Row row) {
        ObjectNode json = JSON.createObjectNode()
                .put("pair", row.at().pair())
                .put("key", Base64.getEncoder().encodeToString(row.at().key().bytes()));
        row.intent()
                .source()
                .ifPresent(source -> json.put("version", source.version().token())
                        .put("size", source.size())
                        .put("second", source.second())
                        .put("nano", source.nano())
                        .put("metageneration", source.metageneration()));
        row.intent().replaces().ifPresent(seen -> json.put("replaces", seen.token()));
        if (row.intent().metadata() == Intent.Metadata.KEPT) {
            json.put("keepsMetadata", true);
        }
        ArrayNode digests = json.putArray("digests");
        row.intent()
                .content()
                .forEach(digest -> digests.add(digest.algorithm().name()).add(digest.hex()));
        return json;
    }

    private static byte[] line(JsonNode json) {
        try {
            return (JSON.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what {@link #bytes} made.
     *
     * @throws IOException when it can't be that, is torn, or speaks of something else
     */
    static List<Row> rows(String runId, Instant announced, BaselineSubject subject, byte[] content) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(new ByteArrayInputStream(content)), StandardCharsets.UTF_8))) {
            JsonNode head = JSON.readTree(Optional.ofNullable(in.readLine()).orElse("{}"));
            if (head.path("format").asInt() != FORMAT || !head.path("about").equals(about(subject))) {
                throw new IOException("it is of another format, or about other locations or paths");
            }
            for (Optional<String> line = Optional.ofNullable(in.readLine());
                    line.isPresent();
                    line = Optional.ofNullable(in.readLine())) {
                rows.add(row(runId, announced, JSON.readTree(line.get())));
            }
            return rows;
        } catch (IllegalArgumentException e) {
            throw new IOException("it has a line that is none", e);
        }
    }

    /** Fields that older runs did not write have their defaults, unknown ones are read over. */
    private static Row row(String runId, Instant announced, JsonNode json) {
        require(json.path("key").isTextual() && whole(json, "pair", Integer.MAX_VALUE));
        ObjectKey key =
                ObjectKey.ofBytes(Base64.getDecoder().decode(json.path("key").asText()));
        Optional<ObjectState> source = source(json);
        Optional<Version> replaces = json.has("replaces")
                ? Optional.of(new Version(json.path("replaces").asText()))
                : Optional.empty();
        require(source.isPresent() || replaces.isPresent());
        Intent.Metadata metadata =
                json.path("keepsMetadata").asBoolean() ? Intent.Metadata.KEPT : Intent.Metadata.SOURCES;
        return new Row(
                new BaselineKey(json.path("pair").asInt(), key),
                new Intent(runId, announced, key, source, digests(json.path("digests")), replaces, metadata));
    }

    /** All of it or nothing: what has a half may not pass for a delete. */
    private static Optional<ObjectState> source(JsonNode json) {
        if (!json.has("version")) {
            require(!json.has("size"));
            return Optional.empty();
        }
        require(whole(json, "size", Long.MAX_VALUE)
                && whole(json, "nano", MOST_NANOS)
                && json.path("second").isIntegralNumber()
                && json.path("second").asLong() >= Instant.MIN.getEpochSecond()
                && json.path("second").asLong() <= Instant.MAX.getEpochSecond());
        return Optional.of(new ObjectState(
                json.path("version").asText().getBytes(StandardCharsets.UTF_8),
                json.path("size").asLong(),
                json.path("second").asLong(),
                json.path("nano").asInt(),
                json.path("metageneration").asLong()));
    }

    private static List<Fingerprint> digests(JsonNode pairs) {
        require(pairs.size() % 2 == 0);
        List<Fingerprint> digests = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            digests.add(new Fingerprint(
                    Fingerprint.Algorithm.valueOf(pairs.get(i).asText()),
                    pairs.get(i + 1).asText()));
        }
        return digests;
    }

    private static boolean whole(JsonNode json, String field, long most) {
        JsonNode value = json.path(field);
        return value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0 && value.asLong() <= most;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("a field is missing or out of its range");
        }
    }
}
