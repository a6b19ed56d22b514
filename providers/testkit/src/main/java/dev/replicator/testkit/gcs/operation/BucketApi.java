package dev.replicator.testkit.gcs.operation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.testkit.gcs.json.BucketJson;
import dev.replicator.testkit.gcs.json.Json;
import dev.replicator.testkit.gcs.json.ObjectResource;
import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.request.GcsRequest;
import dev.replicator.testkit.gcs.store.Bucket;
import dev.replicator.testkit.gcs.store.BucketSettings;
import dev.replicator.testkit.http.HttpResponse;
import java.util.Optional;
import java.util.OptionalLong;

/** The operations on buckets. */
final class BucketApi {
    private final World world;

    BucketApi(World world) {
        this.world = world;
    }

    /** All of the project's buckets in one page. */
    HttpResponse list(GcsRequest request) {
        world.checkProject(request.query().first("project"));
        String prefix = request.query().first("prefix").orElse("");
        ObjectNode document = Json.ofKind("storage#buckets");
        ArrayNode items = document.putArray("items");
        for (Bucket bucket : world.buckets().all()) {
            if (bucket.name().startsWith(prefix)) {
                items.add(BucketJson.of(bucket, request.base()));
            }
        }
        return Answers.document(request, document);
    }

    HttpResponse insert(GcsRequest request) {
        Optional<String> project = request.query().first("project");
        world.checkProject(project);
        ObjectNode resource = Json.parse(request.body());
        String name = new ObjectResource(resource)
                .text("name")
                .orElseThrow(() -> GcsRefusal.of(Reason.REQUIRED, "Required parameter: name"));
        BucketSettings settings = BucketJson.merge(resource, BucketSettings.ORDINARY.withProject(project.orElse("")));
        return Answers.document(request, BucketJson.of(world.buckets().create(name, settings), request.base()));
    }

    HttpResponse get(GcsRequest request) {
        Bucket bucket = world.bucket(request);
        check(request, bucket);
        return Answers.document(request, BucketJson.of(bucket, request.base()));
    }

    HttpResponse patch(GcsRequest request) {
        Bucket bucket = world.bucket(request);
        check(request, bucket);
        bucket.change(BucketJson.merge(Json.parse(request.body()), bucket.settings()));
        return Answers.document(request, BucketJson.of(bucket, request.base()));
    }

    HttpResponse delete(GcsRequest request) {
        check(request, world.bucket(request));
        world.buckets().delete(request.bucket());
        return HttpResponse.of(204);
    }

    /** Grants all that is asked for. */
    HttpResponse testPermissions(GcsRequest request) {
        world.bucket(request);
        ObjectNode document = Json.ofKind("storage#testIamPermissionsResponse");
        ArrayNode granted = document.putArray("permissions");
        request.query().parameters().stream()
                .filter(parameter -> parameter.getKey().equals("permissions"))
                .forEach(parameter -> granted.add(parameter.getValue()));
        return Answers.document(request, document);
    }

    private static void check(GcsRequest request, Bucket bucket) {
        OptionalLong match = request.number("ifMetagenerationMatch");
        if (match.isPresent() && match.getAsLong() != bucket.metageneration()) {
            throw GcsRefusal.conditionNotMet();
        }
        OptionalLong notMatch = request.number("ifMetagenerationNotMatch");
        if (notMatch.isPresent() && notMatch.getAsLong() == bucket.metageneration()) {
            throw GcsRefusal.of(Reason.NOT_MODIFIED);
        }
    }
}
