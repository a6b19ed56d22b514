package dev.replicator.testkit.gcs.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.json.Json;
import dev.replicator.testkit.gcs.json.ObjectJson;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.request.GcsRequest;
import dev.replicator.testkit.gcs.request.GivenHashes;
import dev.replicator.testkit.gcs.store.Fingerprint;
import dev.replicator.testkit.gcs.store.StoredObject;
import dev.replicator.testkit.http.HttpResponse;
import java.util.Optional;

/** Answers that several operations give. */
final class Answers {
    private Answers() {}

    /** A document, cut down to what the request asks for. */
    static HttpResponse document(GcsRequest request, ObjectNode node) {
        HttpResponse response = HttpResponse.json(200, Json.bytes(request.mask().apply(node)));
        return node.has("etag") ? response.with("ETag", node.get("etag").textValue()) : response;
    }

    /** An object's resource. */
    static HttpResponse object(GcsRequest request, StoredObject object) {
        ObjectNode node = writer(request).of(object);
        careless(request).ifPresent(fault -> {
            node.remove("crc32c");
            if (!fault.tellsMd5()) {
                node.remove("md5Hash");
            }
        });
        return document(request, node);
    }

    /** Writes resources as the request wants them, and as its faults do. */
    static ObjectJson writer(GcsRequest request) {
        boolean full =
                request.query().first("projection").filter("full"::equals).isPresent();
        boolean listed = request.operation() == GcsOperation.LIST;
        return new ObjectJson(request.base(), full, listed, fingerprint -> told(request, fingerprint));
    }

    /** Refuses bytes of other hashes than the given ones, unless the request's faults let them pass. */
    static void check(GcsRequest request, GivenHashes given, Fingerprint fingerprint) {
        if (careless(request).isEmpty()) {
            given.check(fingerprint);
        }
    }

    static Optional<GcsFault.Careless> careless(GcsRequest request) {
        return request.plan().first(GcsFault.Careless.class);
    }

    /** What is said of an object's bytes. */
    static Fingerprint told(GcsRequest request, Fingerprint fingerprint) {
        return request.plan().first(GcsFault.WrongCrc32c.class).isPresent() ? fingerprint.wrong() : fingerprint;
    }
}
