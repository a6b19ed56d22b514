package dev.replicator.testkit.gcs.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.testkit.gcs.json.Json;
import dev.replicator.testkit.gcs.json.ObjectResource;
import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.request.AccessLists;
import dev.replicator.testkit.gcs.request.Conditions;
import dev.replicator.testkit.gcs.request.EncryptionKeys;
import dev.replicator.testkit.gcs.request.GcsRequest;
import dev.replicator.testkit.gcs.request.GivenHashes;
import dev.replicator.testkit.gcs.request.ObjectNames;
import dev.replicator.testkit.gcs.store.Bucket;
import dev.replicator.testkit.gcs.store.Draft;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.gcs.store.StoredObject;
import dev.replicator.testkit.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Makes one object of up to 32 others of its bucket; it has a crc32c and no MD5. */
final class ComposeApi {
    private static final int MOST_COMPONENTS = 32;

    private final World world;

    ComposeApi(World world) {
        this.world = world;
    }

    HttpResponse compose(GcsRequest request) {
        ObjectNames.check(request.name());
        Bucket bucket = world.bucket(request);
        ObjectNode body = Json.parse(request.body());
        List<StoredObject> components = components(bucket, body.path("sourceObjects"));
        ObjectResource destination =
                new ObjectResource(body.path("destination") instanceof ObjectNode given ? given : Json.object());
        ObjectFields fields =
                AccessLists.withPredefined(destination.fields(), request.query().first("destinationPredefinedAcl"));
        AccessLists.check(bucket, fields);
        Draft draft = Draft.composed(components, request.name(), fields);
        new GivenHashes(destination.text("crc32c").stream().toList(), List.of()).check(draft.fingerprint());
        return Answers.object(request, bucket.write(draft, Conditions.of(request)));
    }

    private static List<StoredObject> components(Bucket bucket, JsonNode sources) {
        if (sources.isEmpty()) {
            throw GcsRefusal.of(Reason.REQUIRED, "You must provide at least one source component.");
        }
        if (sources.size() > MOST_COMPONENTS) {
            throw GcsRefusal.of(
                    Reason.INVALID,
                    "The number of source components provided (" + sources.size() + ") exceeds the maximum (32)");
        }
        List<StoredObject> components = new ArrayList<>();
        for (JsonNode source : sources) {
            StoredObject object = bucket.get(source.path("name").asText(), number(source.path("generation")));
            OptionalLong match = number(source.path("objectPreconditions").path("ifGenerationMatch"));
            if (match.isPresent() && match.getAsLong() != object.generation()) {
                throw GcsRefusal.conditionNotMet();
            }
            EncryptionKeys.checkReadable(object);
            components.add(object);
        }
        return components;
    }

    private static OptionalLong number(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return OptionalLong.empty();
        }
        if (!node.asText().matches("[0-9]{1,18}")) {
            throw GcsRefusal.of(Reason.INVALID, "Invalid value for: generation");
        }
        return OptionalLong.of(Long.parseLong(node.asText()));
    }
}
