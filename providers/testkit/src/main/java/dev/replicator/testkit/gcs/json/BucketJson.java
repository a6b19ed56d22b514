package dev.replicator.testkit.gcs.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.store.Bucket;
import dev.replicator.testkit.gcs.store.BucketSettings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/** Writes and reads buckets' resources. */
public final class BucketJson {
    private static final Set<String> STORAGE_CLASSES = Set.of(
            "STANDARD",
            "NEARLINE",
            "COLDLINE",
            "ARCHIVE",
            "MULTI_REGIONAL",
            "REGIONAL",
            "DURABLE_REDUCED_AVAILABILITY");

    private BucketJson() {}

    public static ObjectNode of(Bucket bucket, String base) {
        BucketSettings settings = bucket.settings();
        String location = settings.location();
        ObjectNode node = Json.ofKind("storage#bucket")
                .put("id", bucket.name())
                .put("selfLink", base + "/storage/v1/b/" + bucket.name())
                .put(
                        "projectNumber",
                        Integer.toUnsignedString(settings.project().hashCode()))
                .put("name", bucket.name())
                .put("timeCreated", Json.time(bucket.created()))
                .put("updated", Json.time(bucket.updated()))
                .put("metageneration", Long.toString(bucket.metageneration()))
                .put("location", location)
                .put("locationType", Set.of("US", "EU", "ASIA").contains(location) ? "multi-region" : "region")
                .put("storageClass", settings.storageClass())
                .put("etag", etag(bucket));
        node.putObject("iamConfiguration")
                .put("publicAccessPrevention", "inherited")
                .putObject("uniformBucketLevelAccess")
                .put("enabled", settings.uniformAccess());
        if (settings.requesterPays()) {
            node.putObject("billing").put("requesterPays", true);
        }
        return node;
    }

    /** The settings after what a resource says; what it does not name stays. */
    public static BucketSettings merge(ObjectNode resource, BucketSettings before) {
        BucketSettings after = before;
        JsonNode location = resource.path("location");
        if (location.isTextual()) {
            after = after.withLocation(location.textValue().toUpperCase(Locale.ROOT));
        }
        JsonNode storageClass = resource.path("storageClass");
        if (storageClass.isTextual()) {
            after = after.withStorageClass(storageClass(storageClass.textValue()));
        }
        JsonNode uniform = resource.path("iamConfiguration")
                .path("uniformBucketLevelAccess")
                .path("enabled");
        if (uniform.isBoolean()) {
            after = after.withUniformAccess(uniform.booleanValue());
        }
        JsonNode pays = resource.path("billing").path("requesterPays");
        return pays.isBoolean() ? after.withRequesterPays(pays.booleanValue()) : after;
    }

    /** The name of a storage class there is. */
    static String storageClass(String name) {
        if (!STORAGE_CLASSES.contains(name)) {
            throw GcsRefusal.of(Reason.INVALID, "Invalid storage class: '" + name + "'");
        }
        return name;
    }

    private static String etag(Bucket bucket) {
        byte[] text = ("b" + bucket.metageneration()).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(text);
    }
}
