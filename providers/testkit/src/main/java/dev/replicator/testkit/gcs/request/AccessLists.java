package dev.replicator.testkit.gcs.request;

import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.store.Bucket;
import dev.replicator.testkit.gcs.store.ObjectFields;
import java.util.Map;
import java.util.Optional;

/** Access control lists, as far as requests may name them. */
public final class AccessLists {
    private static final String OWNER = "user-fake@example.com";

    private static final Map<String, Map<String, String>> PREDEFINED = Map.of(
            "private", Map.of(OWNER, "OWNER"),
            "publicRead", Map.of(OWNER, "OWNER", "allUsers", "READER"),
            "authenticatedRead", Map.of(OWNER, "OWNER", "allAuthenticatedUsers", "READER"),
            "projectPrivate", Map.of(OWNER, "OWNER", "project-viewers-1", "READER"),
            "bucketOwnerRead", Map.of(OWNER, "OWNER", "project-owners-1", "READER"),
            "bucketOwnerFullControl", Map.of(OWNER, "OWNER", "project-owners-1", "OWNER"));

    private AccessLists() {}

    /** The fields with the list of this name, if one is given. */
    public static ObjectFields withPredefined(ObjectFields fields, Optional<String> name) {
        if (name.isEmpty()) {
            return fields;
        }
        Map<String, String> list = PREDEFINED.get(name.get());
        if (list == null) {
            throw GcsRefusal.ofParameter(
                    Reason.INVALID_PARAMETER, "Invalid value '" + name.get() + "'.", "predefinedAcl");
        }
        return fields.withAcl(list);
    }

    /** Refuses a list where the bucket has none. */
    public static void check(Bucket bucket, ObjectFields fields) {
        if (bucket.settings().uniformAccess() && !fields.acl().isEmpty()) {
            throw GcsRefusal.of(
                    Reason.INVALID,
                    "Cannot insert legacy ACL for an object when uniform bucket-level access is enabled. Read more at"
                            + " https://cloud.google.com/storage/docs/uniform-bucket-level-access");
        }
    }
}
