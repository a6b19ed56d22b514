package dev.replicator.testkit.gcs.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.store.ObjectFields;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An object's resource as a client sends it. Unknown and output-only fields are overlooked, as GCS does. */
public record ObjectResource(ObjectNode json) {
    private static final int MOST_METADATA_BYTES = 8 * 1024;

    /** A text of this name, empty when it is absent or null. */
    public Optional<String> text(String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw GcsRefusal.of(Reason.INVALID, "Invalid value for: " + name);
        }
        return Optional.of(value.textValue());
    }

    /** Whether the client says anything of the object beside where it is. */
    public boolean describes() {
        ObjectFields fields = fields();
        return !fields.texts().isEmpty()
                || !fields.metadata().isEmpty()
                || fields.customTime().isPresent()
                || json.path("metadata").isObject();
    }

    /** All that the resource says, with nothing for what it leaves out. */
    public ObjectFields fields() {
        return patch(ObjectFields.NONE);
    }

    /** What PATCH makes of fields: given ones replace, null removes, metadata merges by key. */
    public ObjectFields patch(ObjectFields before) {
        Map<String, String> texts = new LinkedHashMap<>(before.texts());
        for (String name : ObjectFields.TEXTS) {
            if (json.has(name)) {
                texts.remove(name);
                text(name).filter(value -> !value.isEmpty()).ifPresent(value -> texts.put(name, value));
            }
        }
        return new ObjectFields(
                texts,
                metadata(before.metadata()),
                json.has("customTime") ? text("customTime").map(ObjectResource::time) : before.customTime(),
                json.has("storageClass") ? text("storageClass").map(BucketJson::storageClass) : before.storageClass(),
                hold("temporaryHold", before.temporaryHold()),
                hold("eventBasedHold", before.eventBasedHold()),
                acl(before.acl()),
                before.encryption());
    }

    private Map<String, String> metadata(Map<String, String> before) {
        JsonNode given = json.path("metadata");
        if (given.isMissingNode()) {
            return before;
        }
        if (given.isNull()) {
            return Map.of();
        }
        Map<String, String> metadata = new LinkedHashMap<>(before);
        given.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                metadata.remove(entry.getKey());
            } else if (entry.getValue().isTextual()) {
                metadata.put(entry.getKey(), entry.getValue().textValue());
            } else {
                throw GcsRefusal.of(Reason.INVALID, "Invalid value for metadata: " + entry.getKey());
            }
        });
        int bytes = metadata.entrySet().stream()
                .mapToInt(entry -> utf8Length(entry.getKey()) + utf8Length(entry.getValue()))
                .sum();
        if (bytes > MOST_METADATA_BYTES) {
            throw GcsRefusal.of(
                    Reason.INVALID,
                    "The total size of the custom metadata is " + bytes + " bytes, which exceeds the maximum of "
                            + MOST_METADATA_BYTES + ".");
        }
        return metadata;
    }

    private Map<String, String> acl(Map<String, String> before) {
        JsonNode given = json.path("acl");
        if (given.isMissingNode()) {
            return before;
        }
        Map<String, String> acl = new LinkedHashMap<>();
        for (JsonNode entry : given) {
            acl.put(entry.path("entity").asText(), entry.path("role").asText());
        }
        return acl;
    }

    private boolean hold(String name, boolean before) {
        JsonNode given = json.path(name);
        return given.isMissingNode() ? before : given.asBoolean(false);
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw GcsRefusal.of(Reason.INVALID, "Invalid value for: Invalid format: \"" + text + "\"");
        }
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
