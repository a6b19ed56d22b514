package dev.replicator.testkit.gcs.request;

import dev.replicator.testkit.gcs.json.ObjectResource;
import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.gcs.store.Preconditions;
import java.util.Optional;

/** What an upload is to become, said before or beside its bytes. */
public record UploadTerms(String name, ObjectFields fields, GivenHashes hashes, Preconditions preconditions) {
    /** From the URL and the resource; {@code mediaType} is the bytes' own where the resource says nothing. */
    public static UploadTerms of(GcsRequest request, ObjectResource resource, Optional<String> mediaType) {
        agree(resource.text("bucket"), request.bucket());
        Optional<String> inUrl = request.query().first("name");
        inUrl.ifPresent(name -> agree(resource.text("name"), name));
        String name = inUrl.or(() -> resource.text("name")).orElse("");
        ObjectNames.check(name);
        ObjectFields fields = resource.fields();
        if (fields.text("contentType").isEmpty() && mediaType.isPresent()) {
            fields = fields.withText("contentType", mediaType.get());
        }
        Optional<String> encoding = request.query().first("contentEncoding");
        if (encoding.isPresent()) {
            fields = fields.withText("contentEncoding", encoding.get());
        }
        fields = EncryptionKeys.asked(request, "kmsKeyName", fields);
        fields = AccessLists.withPredefined(fields, request.query().first("predefinedAcl"));
        GivenHashes hashes =
                new GivenHashes(resource.text("crc32c"), resource.text("md5Hash")).and(GivenHashes.ofHeaders(request));
        return new UploadTerms(name, fields, hashes, Conditions.of(request));
    }

    /** Refuses a resource that says something else than the URL. */
    private static void agree(Optional<String> inResource, String inUrl) {
        if (inResource.isPresent() && !inResource.get().equals(inUrl)) {
            throw GcsRefusal.of(
                    Reason.INVALID,
                    "Value '" + inUrl + "' in content does not agree with value '" + inResource.get() + "'.");
        }
    }
}
