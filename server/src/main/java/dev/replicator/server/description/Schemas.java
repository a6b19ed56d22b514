package dev.replicator.server.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.PathType;
import java.util.Locale;

/** Makes the description's parts into schemas that can be asked. Immutable. */
public final class Schemas {
    /** Where the description keeps what its schemas refer to; the library would warn of a word that it does not know. */
    private static final String SHARED = "components";

    private final JsonNode document;
    private final SchemaRegistry registry = SchemaRegistry.withDialect(
            Dialect.builder(Dialects.getDraft202012())
                    .keyword(new NonValidationKeyword(SHARED))
                    .build(),
            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .pathType(PathType.JSON_POINTER)
                    .locale(Locale.ENGLISH)
                    .preloadSchema(false)
                    .build()));

    Schemas(JsonNode document) {
        this.document = document;
    }

    /** The schema, with what it refers to. */
    Schema of(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set(SHARED, document.path(SHARED));
        return registry.getSchema(whole);
    }

    /** The node itself, or the one that it refers to. */
    JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText("");
        return reference.startsWith("#/") ? document.at(reference.substring(1)) : node;
    }
}
