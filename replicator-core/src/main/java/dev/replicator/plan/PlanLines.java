package dev.replicator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.diff.Change;
import dev.replicator.diff.Drift;
import dev.replicator.diff.Reason;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.Precondition;
import dev.replicator.store.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One line of a plan file to and from an action; CONTRACT §5. */
final class PlanLines {
    /** A copy that keeps the metadata of the object it replaces. */
    private static final String KEPT = "kept";

    /** The trailer's last field. */
    static final String DIGEST = "sha256";

    private static final ObjectMapper JSON = new ObjectMapper();

    private PlanLines() {}

    static ObjectNode node() {
        return JSON.createObjectNode();
    }

    static JsonNode parse(byte[] line) throws java.io.IOException {
        return JSON.readTree(line);
    }

    static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("a plan line can't be written", e);
        }
    }

    static ObjectNode of(PlanHeader header) {
        ObjectNode line = node().put("type", "header").put("format", header.format());
        line.put("createdAt", header.createdAt().toString());
        header.job().ifPresent(job -> line.put("job", job));
        line.put("source", header.source()).put("destination", header.destination());
        line.put("compare", header.compare());
        ArrayNode paths = line.putArray("paths");
        header.paths()
                .forEach(path -> paths.addObject().put("from", path.from()).put("to", path.to()));
        ArrayNode filters = line.putArray("filters");
        header.filters().forEach(filters::add);
        return line;
    }

    static PlanHeader header(JsonNode line) {
        List<PlanHeader.Path> paths = new ArrayList<>();
        line.path("paths")
                .forEach(path -> paths.add(new PlanHeader.Path(required(path, "from"), required(path, "to"))));
        List<String> filters = new ArrayList<>();
        line.path("filters").forEach(filter -> filters.add(filter.asText()));
        return new PlanHeader(
                line.path("format").asInt(),
                Instant.parse(required(line, "createdAt")),
                Optional.of(line.path("job").asText("")).filter(job -> !job.isEmpty()),
                required(line, "source"),
                required(line, "destination"),
                required(line, "compare"),
                List.copyOf(paths),
                List.copyOf(filters));
    }

    static ObjectNode of(Action action) {
        if (action instanceof Action.Copy copy) {
            ObjectNode line = entry("copy", copy, copy.source());
            copy.replaced().ifPresentOrElse(seen -> expect(line, seen), () -> line.put("expected", "absent"));
            if (copy.metadata() == Change.Side.DESTINATION) {
                line.put("metadata", KEPT);
            }
            return line.put("reason", copy.reason().word());
        }
        if (action instanceof Action.UpdateMetadata update) {
            return update(update);
        }
        if (action instanceof Action.Delete delete) {
            ObjectNode line = entry("delete", delete, delete.destination());
            expect(line, Precondition.unchanged(delete.destination()));
            return line.put("reason", Reason.EXTRA.word());
        }
        if (action instanceof Action.Keep keep) {
            return entry("keep", keep, keep.object())
                    .put("drift", keep.drift().name().toLowerCase(Locale.ROOT))
                    .put("reason", Reason.DRIFT.word());
        }
        Action.Skip skip = (Action.Skip) action;
        return entry("skip", skip, skip.entry())
                .put("side", skip.side().name().toLowerCase(Locale.ROOT))
                .put("reason", skip.note().name());
    }

    /** The metadata's state is said where it is known. */
    private static void expect(ObjectNode line, Precondition.Unchanged seen) {
        ObjectNode expected =
                line.putObject("expected").put("version", seen.version().token());
        if (seen.metageneration() != 0) {
            expected.put("metageneration", seen.metageneration());
        }
    }

    private static Precondition.Unchanged expected(JsonNode expected) {
        return new Precondition.Unchanged(
                new Version(required(expected, "version")),
                expected.path("metageneration").asLong());
    }

    private static Action.Copy copy(int pair, ObjectMeta source, JsonNode line) {
        JsonNode expected = line.path("expected");
        Optional<Precondition.Unchanged> replaced =
                expected.isObject() ? Optional.of(expected(expected)) : Optional.empty();
        Reason reason =
                Reason.valueOf(required(line, "reason").toUpperCase(Locale.ROOT).replace('-', '_'));
        Action.Copy copy = new Action.Copy(pair, source, replaced, reason);
        return line.path("metadata").asText().equals(KEPT) ? copy.keepingMetadata() : copy;
    }

    private static ObjectNode update(Action.UpdateMetadata update) {
        ObjectNode line = entry("update-metadata", update, update.source());
        ObjectMeta destination = update.destination();
        line.putObject("expected")
                .put("version", destination.version().token())
                .put("modified", destination.modified().toString())
                .put("metageneration", destination.metageneration());
        ArrayNode fields = line.putArray("fields");
        update.fields().forEach(fields::add);
        line.set("metadata", MetadataLines.of(update.metadata()));
        return line.put("reason", Reason.METADATA.word());
    }

    private static Action.UpdateMetadata update(int pair, ObjectMeta source, JsonNode line) {
        JsonNode expected = line.path("expected");
        ObjectMeta destination = new ObjectMeta(
                source.key(),
                source.size(),
                Instant.parse(required(expected, "modified")),
                new Version(required(expected, "version")),
                List.of(),
                EntryNote.NONE,
                Optional.empty(),
                expected.path("metageneration").asLong());
        List<String> fields = new ArrayList<>();
        line.path("fields").forEach(field -> fields.add(field.asText()));
        return new Action.UpdateMetadata(
                pair, source, destination, MetadataLines.metadata(line.path("metadata")), fields);
    }

    private static ObjectNode entry(String op, Action action, ObjectMeta object) {
        ObjectNode line = node().put("op", op).put("pair", action.pair());
        if (action.key().isUtf8()) {
            line.put("key", action.key().text());
        } else {
            line.put(
                    "keyBase64", Base64.getEncoder().encodeToString(action.key().bytes()));
        }
        line.put("size", object.size()).put("modified", object.modified().toString());
        line.put("version", object.version().token());
        if (object.metageneration() != 0) {
            line.put("metageneration", object.metageneration());
        }
        if (!object.fingerprints().isEmpty()) {
            ArrayNode digests = line.putArray("fingerprints");
            object.fingerprints()
                    .forEach(one ->
                            digests.addArray().add(one.algorithm().name()).add(one.hex()));
        }
        return line;
    }

    static Action action(JsonNode line) {
        int pair = line.path("pair").asInt();
        ObjectMeta object = object(line);
        return switch (required(line, "op")) {
            case "copy" -> copy(pair, object, line);
            case "update-metadata" -> update(pair, object, line);
            case "delete" -> new Action.Delete(pair, object);
            case "keep" ->
                new Action.Keep(
                        pair, object, Drift.valueOf(required(line, "drift").toUpperCase(Locale.ROOT)));
            case "skip" ->
                new Action.Skip(
                        pair,
                        object,
                        Change.Side.valueOf(required(line, "side").toUpperCase(Locale.ROOT)),
                        EntryNote.valueOf(required(line, "reason")));
            default -> throw new IllegalArgumentException("unknown op '" + required(line, "op") + "'");
        };
    }

    private static ObjectMeta object(JsonNode line) {
        ObjectKey key = line.has("keyBase64")
                ? ObjectKey.ofBytes(Base64.getDecoder().decode(required(line, "keyBase64")))
                : ObjectKey.of(required(line, "key"));
        List<Fingerprint> fingerprints = new ArrayList<>();
        line.path("fingerprints")
                .forEach(pair -> fingerprints.add(new Fingerprint(
                        Fingerprint.Algorithm.valueOf(pair.path(0).asText()),
                        pair.path(1).asText())));
        return new ObjectMeta(
                key,
                line.path("size").asLong(),
                Instant.parse(required(line, "modified")),
                new Version(required(line, "version")),
                fingerprints,
                EntryNote.NONE,
                Optional.empty(),
                line.path("metageneration").asLong());
    }

    private static String required(JsonNode line, String field) {
        JsonNode value = line.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("a line lacks '" + field + "'");
        }
        return value.asText();
    }
}
