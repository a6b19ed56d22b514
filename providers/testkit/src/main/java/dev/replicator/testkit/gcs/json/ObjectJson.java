package dev.replicator.testkit.gcs.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.testkit.gcs.store.Encryption;
import dev.replicator.testkit.gcs.store.Fingerprint;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.gcs.store.StoredObject;
import dev.replicator.testkit.http.Percent;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Writes objects' resources.
 *
 * @param base the server's address, without a slash at its end
 * @param full whether access control lists are shown
 * @param listed whether for a listing, which shows no fingerprints of what is encrypted with a key of the owner's
 * @param told what is said of fingerprints
 */
public record ObjectJson(String base, boolean full, boolean listed, UnaryOperator<Fingerprint> told) {
    public ObjectNode of(StoredObject object) {
        String path = "/storage/v1/b/" + object.bucket() + "/o/" + Percent.encode(object.name());
        ObjectFields fields = object.fields();
        ObjectNode node = Json.ofKind("storage#object")
                .put("id", object.bucket() + "/" + object.name() + "/" + object.generation())
                .put("selfLink", base + path)
                .put("mediaLink", base + "/download" + path + "?generation=" + object.generation() + "&alt=media")
                .put("name", object.name())
                .put("bucket", object.bucket())
                .put("generation", Long.toString(object.generation()))
                .put("metageneration", Long.toString(object.metageneration()))
                .put("storageClass", object.storageClass())
                .put("size", Long.toString(object.size()));
        if (showsFingerprints(fields.encryption())) {
            Fingerprint fingerprint = told.apply(object.fingerprint());
            fingerprint.md5().ifPresent(md5 -> node.put("md5Hash", md5));
            node.put("crc32c", fingerprint.encodedCrc32c());
        }
        node.put("etag", object.etag());
        node.put("timeCreated", Json.time(object.created()))
                .put("updated", Json.time(object.updated()))
                .put("timeStorageClassUpdated", Json.time(object.created()))
                .put("timeFinalized", Json.time(object.created()));
        if (object.componentCount() > 0) {
            node.put("componentCount", object.componentCount());
        }
        fields.texts().forEach(node::put);
        fields.customTime().ifPresent(time -> node.put("customTime", Json.time(time)));
        if (fields.temporaryHold()) {
            node.put("temporaryHold", true);
        }
        if (fields.eventBasedHold()) {
            node.put("eventBasedHold", true);
        }
        encryption(node, fields.encryption());
        if (!fields.metadata().isEmpty()) {
            ObjectNode metadata = node.putObject("metadata");
            fields.metadata().forEach(metadata::put);
        }
        if (full && !fields.acl().isEmpty()) {
            ArrayNode acl = node.putArray("acl");
            for (Map.Entry<String, String> entry : fields.acl().entrySet()) {
                acl.add(access(object, entry));
            }
        }
        return node;
    }

    private boolean showsFingerprints(Encryption encryption) {
        return encryption.customerKey().isEmpty()
                && !(listed && encryption.kmsKey().isPresent());
    }

    private static void encryption(ObjectNode node, Encryption encryption) {
        encryption.kmsKey().ifPresent(key -> node.put("kmsKeyName", key));
        encryption
                .customerKey()
                .ifPresent(sha256 -> node.putObject("customerEncryption")
                        .put("encryptionAlgorithm", "AES256")
                        .put("keySha256", sha256));
    }

    /** One entry of an object's access control list. */
    public static ObjectNode access(StoredObject object, Map.Entry<String, String> entry) {
        return Json.ofKind("storage#objectAccessControl")
                .put("object", object.name())
                .put("generation", Long.toString(object.generation()))
                .put("bucket", object.bucket())
                .put("entity", entry.getKey())
                .put("role", entry.getValue());
    }
}
