package dev.replicator.gcs.object;

import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpStatusCodes;
import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.DateTime;
import com.google.api.services.storage.model.StorageObject;
import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsCalls;
import dev.replicator.gcs.client.GcsErrors;
import dev.replicator.gcs.client.GcsSettings;
import dev.replicator.gcs.client.Refusal;
import dev.replicator.store.Capability;
import dev.replicator.store.EntryNote;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.Version;
import dev.replicator.store.remote.ServerTime;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The API's object resources as ours and back. The version is the generation, the time is {@code timeCreated} ({@code
 * updated} moves when metadata are edited). Names of user metadata keep their case, {@code custom:aclPolicy} among them.
 * There is no {@code Expires}: it travels as user metadata of a name of ours, which counts as one only where the value is.
 */
public final class Resources {
    /** What is asked for of an object. */
    public static final String FIELDS =
            "bucket,name,size,generation,metageneration,timeCreated,crc32c,md5Hash,contentType,"
                    + "cacheControl,contentEncoding,contentDisposition,contentLanguage,metadata,storageClass,customTime,"
                    + "temporaryHold,eventBasedHold,retentionExpirationTime,retention,kmsKeyName,customerEncryption";

    /** User-metadata name under which an {@code Expires} header that came with an object is kept. */
    static final String EXPIRES = "replicator-expires";

    private static final GsonFactory JSON = GsonFactory.getDefaultInstance();

    private Resources() {}

    /** Reads the resource that an answer holds. */
    public static StorageObject read(Call call, HttpResponse answer) throws IOException {
        try {
            InputStream content = answer.getContent();
            if (content == null) {
                return new StorageObject();
            }
            return honest(call, JSON.fromInputStream(content, StandardCharsets.UTF_8, StorageObject.class));
        } finally {
            GcsCalls.end(answer);
        }
    }

    /** The answer, unless it is an error that calls itself a success. */
    public static <T extends GenericJson> T honest(Call call, T answer) throws IOException {
        if (answer.get("error") == null) {
            return answer;
        }
        Refusal refusal = Refusal.of(HttpStatusCodes.STATUS_CODE_OK, JSON.toString(answer), null);
        throw GcsErrors.answered(call, refusal, new IOException("an error within a success"));
    }

    /**
     * What an answer says of {@code key}.
     *
     * @throws TransientStoreException when it is no answer about that object: what became of the request is then unknown
     */
    public static ObjectMeta meta(Call call, String bucket, ObjectKey key, StorageObject answer) {
        BigInteger size = answer.getSize();
        Long generation = answer.getGeneration();
        DateTime created = answer.getTimeCreated();
        if (size == null || generation == null || created == null || size.signum() < 0 || size.bitLength() > 63) {
            throw notAnObject(call, "the answer lacks the object's size, generation or time");
        }
        if (!key.text().equals(answer.getName()) || !bucket.equals(answer.getBucket())) {
            throw notAnObject(call, "the answer is about another object");
        }
        return new ObjectMeta(
                key,
                size.longValue(),
                Instant.ofEpochMilli(created.getValue()),
                new Version(Long.toString(generation)),
                Digests.fingerprints(answer.getCrc32c(), answer.getMd5Hash()),
                EntryNote.NONE,
                Optional.of(metadata(answer)),
                answer.getMetageneration() == null ? 0 : answer.getMetageneration());
    }

    private static TransientStoreException notAnObject(Call call, String why) {
        return new TransientStoreException(Trouble.SERVER_ERROR, call + ": " + why);
    }

    /** Headers, user metadata and traits; there are no tags. */
    static ObjectMetadata metadata(StorageObject answer) {
        Map<String, String> user = new TreeMap<>();
        Map<String, String> found = answer.getMetadata();
        if (found != null) {
            user.putAll(found);
        }
        Optional<String> expires = Optional.ofNullable(user.get(EXPIRES)).filter(Resources::isExpires);
        expires.ifPresent(note -> user.remove(EXPIRES));
        return new ObjectMetadata(
                text(answer.getContentType()),
                text(answer.getCacheControl()),
                text(answer.getContentEncoding()),
                text(answer.getContentDisposition()),
                text(answer.getContentLanguage()),
                expires,
                user,
                Map.of(),
                Traits.of(answer));
    }

    /**
     * Whether an {@code Expires} header may say so: a time as HTTP writes it, or one of the two that mean "at once". Of
     * another value the entry is not ours, whoever named it so.
     */
    static boolean isExpires(String value) {
        return value.equals("0")
                || value.equals("-1")
                || ServerTime.parse(value).isPresent();
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).filter(found -> !found.isEmpty());
    }

    /** The resource that makes an object carry {@code metadata}, as far as the store keeps them, without tags. */
    public static StorageObject resource(String name, ObjectMetadata metadata, GcsSettings settings) {
        StorageObject resource = new StorageObject().setName(name);
        metadata.contentType().ifPresent(resource::setContentType);
        settings.write().storageClass().filter(value -> !value.isBlank()).ifPresent(resource::setStorageClass);
        if (!settings.can(Capability.METADATA)) {
            return resource;
        }
        metadata.cacheControl().ifPresent(resource::setCacheControl);
        metadata.contentEncoding().ifPresent(resource::setContentEncoding);
        metadata.contentDisposition().ifPresent(resource::setContentDisposition);
        metadata.contentLanguage().ifPresent(resource::setContentLanguage);
        Map<String, String> user = user(metadata);
        return user.isEmpty() ? resource : resource.setMetadata(user);
    }

    /** The same with the custom time, which only a copy by the service may take along. */
    public static StorageObject copied(String name, ObjectMetadata metadata, GcsSettings settings) {
        StorageObject resource = resource(name, metadata, settings);
        Traits.customTime(metadata.traits()).ifPresent(resource::setCustomTime);
        return resource;
    }

    /** User metadata as the service keeps them: with an {@code Expires} header among them. */
    static Map<String, String> user(ObjectMetadata metadata) {
        Map<String, String> user = new TreeMap<>(metadata.user());
        metadata.expires().ifPresent(value -> user.put(EXPIRES, value));
        return user;
    }
}
