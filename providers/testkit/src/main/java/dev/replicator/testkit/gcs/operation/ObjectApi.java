package dev.replicator.testkit.gcs.operation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.testkit.gcs.json.Json;
import dev.replicator.testkit.gcs.json.ObjectJson;
import dev.replicator.testkit.gcs.json.ObjectResource;
import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.request.AccessLists;
import dev.replicator.testkit.gcs.request.Conditions;
import dev.replicator.testkit.gcs.request.GcsRequest;
import dev.replicator.testkit.gcs.store.Bucket;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.gcs.store.StoredObject;
import dev.replicator.testkit.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The operations on an object's resource. */
final class ObjectApi {
    private final World world;

    ObjectApi(World world) {
        this.world = world;
    }

    HttpResponse get(GcsRequest request) {
        StoredObject object = world.bucket(request).get(request.name(), request.number("generation"));
        Conditions.checkRead(request, object);
        return Answers.object(request, object);
    }

    /** What is not named stays, null removes; a custom time is never removed. */
    HttpResponse patch(GcsRequest request) {
        ObjectResource resource = new ObjectResource(Json.parse(request.body()));
        return amend(request, resource::patch);
    }

    /** What is not named is gone. */
    HttpResponse update(GcsRequest request) {
        ObjectFields fields = new ObjectResource(Json.parse(request.body())).fields();
        return amend(
                request,
                before -> (fields.acl().isEmpty() ? fields.withAcl(before.acl()) : fields)
                        .withEncryption(before.encryption()));
    }

    HttpResponse delete(GcsRequest request) {
        world.bucket(request).delete(request.name(), request.number("generation"), Conditions.of(request));
        return HttpResponse.of(204);
    }

    HttpResponse accessList(GcsRequest request) {
        Bucket bucket = world.bucket(request);
        if (bucket.settings().uniformAccess()) {
            throw GcsRefusal.of(
                    Reason.INVALID, "Cannot get legacy ACL for an object when uniform bucket-level access is enabled.");
        }
        StoredObject object = bucket.get(request.name(), request.number("generation"));
        ObjectNode document = Json.ofKind("storage#objectAccessControls");
        ArrayNode items = document.putArray("items");
        object.fields().acl().entrySet().forEach(entry -> items.add(ObjectJson.access(object, entry)));
        return Answers.document(request, document);
    }

    private HttpResponse amend(GcsRequest request, UnaryOperator<ObjectFields> change) {
        Bucket bucket = world.bucket(request);
        StoredObject changed =
                bucket.amend(request.name(), request.number("generation"), Conditions.of(request), object -> {
                    ObjectFields after = AccessLists.withPredefined(
                            change.apply(object.fields()), request.query().first("predefinedAcl"));
                    check(bucket, object, after);
                    return after.customTime().isPresent()
                            ? after
                            : object.fields()
                                    .customTime()
                                    .map(after::withCustomTime)
                                    .orElse(after);
                });
        return Answers.object(request, changed);
    }

    private static void check(Bucket bucket, StoredObject object, ObjectFields after) {
        AccessLists.check(bucket, after);
        if (after.storageClass()
                .filter(name -> !name.equals(object.storageClass()))
                .isPresent()) {
            throw GcsRefusal.of(Reason.INVALID, "An object's storage class is changed by a rewrite, not by an update.");
        }
        Optional<Instant> before = object.fields().customTime();
        if (before.isPresent()
                && after.customTime()
                        .filter(time -> !time.isBefore(before.get()))
                        .isEmpty()) {
            throw GcsRefusal.of(
                    Reason.INVALID, "Custom time cannot be removed or set to an earlier date once it is set.");
        }
    }
}
