package dev.replicator.testkit.gcs.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A partial response as {@code fields=kind,items(name,size),metadata/x} asks for it. A node without children stands
 * for all below it.
 */
public record FieldsMask(Map<String, FieldsMask> children) {
    /** Everything. */
    public static final FieldsMask ALL = new FieldsMask(Map.of());

    private static final FieldsMask OBJECT = parse(
            "kind,id,selfLink,mediaLink,name,bucket,generation,metageneration,contentType,storageClass,size,md5Hash,"
                    + "crc32c,etag,timeCreated,updated,timeDeleted,softDeleteTime,hardDeleteTime,restoreToken,"
                    + "timeStorageClassUpdated,timeFinalized,temporaryHold,eventBasedHold,retentionExpirationTime,"
                    + "retention(mode,retainUntilTime),contexts,cacheControl,contentDisposition,contentEncoding,"
                    + "contentLanguage,customTime,componentCount,kmsKeyName,metadata,"
                    + "customerEncryption(encryptionAlgorithm,keySha256),owner(entity,entityId),acl");

    /** The fields there are, by the kind of a response. */
    private static final Map<String, FieldsMask> KNOWN = Map.of(
            "storage#object", OBJECT,
            "storage#objects", listOf(OBJECT),
            "storage#rewriteResponse", rewriteOf(OBJECT));

    public FieldsMask {
        children = Map.copyOf(children);
    }

    /** Reads a mask; refuses what is none. */
    public static FieldsMask parse(String text) {
        Parser parser = new Parser(text);
        FieldsMask mask = parser.list();
        if (parser.position < text.length()) {
            throw invalid(text);
        }
        return mask;
    }

    /** Refuses fields that a response of this kind cannot have. */
    public void check(String kind) {
        Optional.ofNullable(KNOWN.get(kind)).ifPresent(this::check);
    }

    /** What is left of a response. */
    public JsonNode apply(JsonNode node) {
        if (children.isEmpty()) {
            return node;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode kept = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(element -> kept.add(apply(element)));
            return kept;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode kept = Json.object();
            object.properties()
                    .forEach(field -> child(field.getKey())
                            .ifPresent(mask -> kept.set(field.getKey(), mask.apply(field.getValue()))));
            return kept;
        }
        return node;
    }

    private Optional<FieldsMask> child(String name) {
        return Optional.ofNullable(children.get(name)).or(() -> Optional.ofNullable(children.get("*")));
    }

    private void check(FieldsMask known) {
        children.forEach((name, child) -> {
            FieldsMask below = name.equals("*") ? ALL : known.children.get(name);
            if (below == null) {
                throw invalid(name);
            }
            if (!below.children.isEmpty()) {
                child.check(below);
            }
        });
    }

    private static FieldsMask listOf(FieldsMask items) {
        return new FieldsMask(Map.of("kind", ALL, "nextPageToken", ALL, "prefixes", ALL, "items", items));
    }

    private static FieldsMask rewriteOf(FieldsMask resource) {
        return new FieldsMask(Map.of(
                "kind", ALL,
                "totalBytesRewritten", ALL,
                "objectSize", ALL,
                "done", ALL,
                "rewriteToken", ALL,
                "resource", resource));
    }

    private static GcsRefusal invalid(String selection) {
        return GcsRefusal.ofParameter(Reason.INVALID_PARAMETER, "Invalid field selection " + selection, "fields");
    }

    /** Recursive descent over the mask's text. */
    private static final class Parser {
        private final String text;
        private int position;

        Parser(String text) {
            this.text = text;
        }

        FieldsMask list() {
            Map<String, FieldsMask> children = new LinkedHashMap<>();
            do {
                member(children);
            } while (taken(','));
            return new FieldsMask(children);
        }

        private void member(Map<String, FieldsMask> siblings) {
            int from = position;
            while (position < text.length() && ",/()".indexOf(text.charAt(position)) < 0) {
                position++;
            }
            String name = text.substring(from, position);
            if (name.isEmpty()) {
                throw invalid(text);
            }
            siblings.merge(name, below(), FieldsMask::union);
        }

        private FieldsMask below() {
            if (taken('/')) {
                Map<String, FieldsMask> only = new LinkedHashMap<>();
                member(only);
                return new FieldsMask(only);
            }
            if (!taken('(')) {
                return ALL;
            }
            FieldsMask list = list();
            if (!taken(')')) {
                throw invalid(text);
            }
            return list;
        }

        private boolean taken(char wanted) {
            boolean there = position < text.length() && text.charAt(position) == wanted;
            position += there ? 1 : 0;
            return there;
        }
    }

    private FieldsMask union(FieldsMask other) {
        if (children.isEmpty() || other.children.isEmpty()) {
            return ALL;
        }
        Map<String, FieldsMask> both = new LinkedHashMap<>(children);
        other.children.forEach((name, mask) -> both.merge(name, mask, FieldsMask::union));
        return new FieldsMask(both);
    }
}
