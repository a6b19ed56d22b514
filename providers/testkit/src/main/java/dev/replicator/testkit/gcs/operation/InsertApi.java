package dev.replicator.testkit.gcs.operation;

import dev.replicator.testkit.gcs.json.Json;
import dev.replicator.testkit.gcs.json.ObjectResource;
import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.request.AccessLists;
import dev.replicator.testkit.gcs.request.GcsRequest;
import dev.replicator.testkit.gcs.request.MultipartBody;
import dev.replicator.testkit.gcs.request.UploadTerms;
import dev.replicator.testkit.gcs.store.Bucket;
import dev.replicator.testkit.gcs.store.Draft;
import dev.replicator.testkit.gcs.store.StoredObject;
import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.objects.Content;
import dev.replicator.testkit.wire.FaultPlan;
import dev.replicator.testkit.wire.WireFault;
import java.util.List;
import java.util.Optional;

/** Uploads in one request: {@code uploadType=media} and {@code uploadType=multipart}. */
final class InsertApi {
    private final World world;

    InsertApi(World world) {
        this.world = world;
    }

    HttpResponse insert(GcsRequest request) {
        Bucket bucket = world.bucket(request);
        String type = request.query().first("uploadType").orElse("");
        return switch (type) {
            case "media" -> {
                UploadTerms terms =
                        UploadTerms.of(request, new ObjectResource(Json.object()), request.header("content-type"));
                yield stored(request, bucket, terms, request.body());
            }
            case "multipart" -> multipart(request, bucket);
            default ->
                throw GcsRefusal.ofParameter(
                        Reason.INVALID, "Upload requests must include an uploadType URL parameter.", "uploadType");
        };
    }

    private HttpResponse multipart(GcsRequest request, Bucket bucket) {
        List<MultipartBody.Part> parts =
                MultipartBody.parse(request.header("content-type").orElse(""), request.body());
        if (parts.size() != 2) {
            throw GcsRefusal.of(
                    Reason.INVALID, "Malformed multipart body. Expected two parts, got " + parts.size() + ".");
        }
        ObjectResource resource = new ObjectResource(Json.parse(parts.get(0).body()));
        Optional<String> mediaType = parts.get(1).header("content-type");
        UploadTerms terms = UploadTerms.of(request, resource, mediaType);
        return stored(request, bucket, terms, parts.get(1).body());
    }

    private static HttpResponse stored(GcsRequest request, Bucket bucket, UploadTerms terms, byte[] media) {
        AccessLists.check(bucket, terms.fields());
        Draft draft = Draft.of(terms.name(), Content.of(received(media, request.plan())), terms.fields());
        Answers.check(request, terms.hashes(), draft.fingerprint());
        StoredObject object = bucket.write(draft, terms.preconditions());
        return Answers.object(request, object);
    }

    /** The bytes as they arrive under the request's faults. */
    static byte[] received(byte[] sent, FaultPlan plan) {
        return plan.first(WireFault.CorruptUpload.class)
                .map(fault -> fault.arrived(sent))
                .orElse(sent);
    }
}
