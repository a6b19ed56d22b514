package dev.replicator.testkit.gcs.listing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.testkit.gcs.json.FieldsMask;
import dev.replicator.testkit.gcs.json.Json;
import dev.replicator.testkit.gcs.json.ObjectJson;
import dev.replicator.testkit.gcs.store.Bucket;
import dev.replicator.testkit.gcs.store.StoredObject;

/** A listing's true answer, from which lies are made. */
public record HonestListing(Bucket bucket, ListQuery query, FieldsMask mask, ObjectJson json) {
    /** The truth as it is sent. */
    public ObjectNode document() {
        return answerTo(query);
    }

    /** What the server would answer to another question. */
    ObjectNode answerTo(ListQuery other) {
        ListPage page = PageReader.read(bucket, other);
        ObjectNode document = Json.ofKind("storage#objects");
        page.nextToken().ifPresent(token -> document.put("nextPageToken", token));
        if (!page.prefixes().isEmpty()) {
            ArrayNode prefixes = document.putArray("prefixes");
            page.prefixes().forEach(prefixes::add);
        }
        if (!page.objects().isEmpty()) {
            ArrayNode items = document.putArray("items");
            for (StoredObject object : page.objects()) {
                items.add(json.of(object));
            }
        }
        return (ObjectNode) mask.apply(document);
    }
}
