package dev.replicator.testkit.gcs.request;

import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.store.Encryption;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.gcs.store.StoredObject;
import java.util.Optional;

/** Keys that requests name: of Cloud KMS in parameters, those of customers, which are never sent here, not at all. */
public final class EncryptionKeys {
    private EncryptionKeys() {}

    /** The fields of an object that a request writes, encrypted as it asks. */
    public static ObjectFields asked(GcsRequest request, String parameter, ObjectFields fields) {
        Optional<String> key = request.query().first(parameter).filter(name -> !name.isEmpty());
        return key.map(name -> fields.withEncryption(Encryption.ofKms(name))).orElse(fields);
    }

    /** Refuses to read bytes that only a customer's key opens. */
    public static void checkReadable(StoredObject object) {
        if (object.fields().encryption().customerKey().isPresent()) {
            throw GcsRefusal.of(Reason.CUSTOMER_KEY_NEEDED);
        }
    }
}
