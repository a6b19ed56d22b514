package dev.replicator.gcs.object;

import com.google.api.client.util.DateTime;
import com.google.api.services.storage.model.StorageObject;
import dev.replicator.store.ServiceTrait;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Cloud Storage keeps with an object beside metadata. Grants are not among it: without uniform access every object
 * has some, and they are shown only to those who may read policies.
 */
final class Traits {
    private static final String USUAL_CLASS = "STANDARD";

    private Traits() {}

    static Map<ServiceTrait, String> of(StorageObject answer) {
        Map<ServiceTrait, String> traits = new EnumMap<>(ServiceTrait.class);
        text(answer.getStorageClass())
                .filter(name -> !name.equals(USUAL_CLASS))
                .ifPresent(name -> traits.put(ServiceTrait.STORAGE_CLASS, name));
        Optional.ofNullable(answer.getCustomTime())
                .ifPresent(time -> traits.put(ServiceTrait.CUSTOM_TIME, instant(time)));
        hold(answer).ifPresent(hold -> traits.put(ServiceTrait.HOLD, hold));
        if (answer.getCustomerEncryption() != null) {
            traits.put(ServiceTrait.ENCRYPTION_KEY, "a key that only its owner has");
        } else if (text(answer.getKmsKeyName()).isPresent()) {
            traits.put(ServiceTrait.ENCRYPTION_KEY, "a key of Cloud KMS");
        }
        return traits;
    }

    private static Optional<String> hold(StorageObject answer) {
        if (Boolean.TRUE.equals(answer.getTemporaryHold())) {
            return Optional.of("a temporary hold");
        }
        if (Boolean.TRUE.equals(answer.getEventBasedHold())) {
            return Optional.of("an event-based hold");
        }
        boolean retained = answer.getRetention() != null || answer.getRetentionExpirationTime() != null;
        return retained ? Optional.of("a retention date") : Optional.empty();
    }

    /** The custom time that {@link #of} told, for a request. */
    static Optional<DateTime> customTime(Map<ServiceTrait, String> traits) {
        return Optional.ofNullable(traits.get(ServiceTrait.CUSTOM_TIME)).map(DateTime::parseRfc3339);
    }

    private static String instant(DateTime time) {
        return Instant.ofEpochMilli(time.getValue()).toString();
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).filter(found -> !found.isEmpty());
    }
}
