package dev.replicator.gcs.write;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.StorageObject;
import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsClient;
import dev.replicator.gcs.client.GcsErrors;
import dev.replicator.gcs.client.GcsSettings;
import dev.replicator.gcs.object.Conditions;
import dev.replicator.gcs.object.Crc32c;
import dev.replicator.gcs.object.GcsMetadataRules;
import dev.replicator.gcs.object.Keys;
import dev.replicator.gcs.object.ObjectHeads;
import dev.replicator.gcs.object.Resources;
import dev.replicator.gcs.write.MadeObjects.Upload;
import dev.replicator.store.Capability;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.MetadataRules;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.PartPool;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestKind;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.remote.CountedStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes objects from bodies. A small one is held (all of them together in bounded memory), so that its CRC32C can stand
 * in front of its bytes in the one request that makes the object; a large one goes part by part and is not held ({@link
 * ResumableUpload}), or in parts side by side where that is asked for ({@link CompositeUpload})
 * and the body can be checked so. The service refuses bytes that are not those of the checksum; an object that it made of
 * others all the same is removed again, under the condition that it is still that one ({@link MadeObjects}). Thread-safe.
 */
public final class GcsWriter {
    /** What an object is served as that was written without a content type. */
    private static final String NO_TYPE = "application/octet-stream";

    private final GcsClient client;
    private final GcsSettings settings;
    private final MetadataRules rules;
    private final ResumableUpload resumable;
    private final CompositeUpload composite;
    private final Buffers buffers;
    private final MadeObjects made;

    public GcsWriter(GcsClient client, ObjectHeads heads, PartPool pool) {
        this.client = client;
        this.settings = client.settings();
        rules = new GcsMetadataRules(settings);
        resumable = new ResumableUpload(client, heads);
        composite = new CompositeUpload(client, heads, pool, this::component);
        buffers = new Buffers(client.bytesInFlight());
        made = new MadeObjects(client, heads);
    }

    /** Writes as {@link dev.replicator.store.ObjectStore#write} says. */
    public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
        Call call = Call.of("write", settings.bucket(), key);
        String name = Keys.required(call, key);
        ObjectMetadata metadata = rules.withOperation(options.metadata(), options.operation());
        StorageObject resource = Resources.resource(name, metadata, settings);
        Storage.Objects.Insert insert = insert(call, resource, options.precondition());
        if (Components.areFor(settings, body.size()) && !body.isCheckedInOrder()) {
            return made.verified(call, composite.upload(call, key, body, resource, insert, options.operation()))
                    .made();
        }
        return plain(call, key, body, resource, insert, options.operation()).made();
    }

    /** What is later composed: of the object's storage class and key, with no grants and no metadata. */
    private Upload component(Call call, ObjectKey key, ObjectBody body) {
        StorageObject resource = Resources.resource(key.text(), ObjectMetadata.NONE, settings);
        Storage.Objects.Insert insert = insert(call, resource, Precondition.none());
        insert.setPredefinedAcl(null);
        return plain(call, key, body, resource, insert, Optional.empty());
    }

    /** Verified. */
    private Upload plain(
            Call call,
            ObjectKey key,
            ObjectBody body,
            StorageObject resource,
            Storage.Objects.Insert insert,
            Optional<String> operation) {
        return body.size() > largestWhole(settings)
                ? made.verified(call, resumable.upload(call, key, body, resource, insert, operation))
                : buffers.lend(call, (int) body.size(), buffer -> whole(call, key, body, resource, insert, buffer));
    }

    /** Bytes of the largest object that goes in one request. */
    static long largestWhole(GcsSettings settings) {
        return Math.min(settings.sizes().multipartUpload(), Buffers.LARGEST);
    }

    /** A request whose body is filled in later. */
    private Storage.Objects.Insert insert(Call call, StorageObject resource, Precondition precondition) {
        Conditions conditions = Conditions.ofDestination(
                call, precondition, settings, Capability.CREATE_ONLY_WRITE, Capability.CONDITIONAL_WRITE);
        try {
            Storage.Objects.Insert insert = client.objects()
                    .insert(settings.bucket(), resource, new ByteArrayContent(type(resource), new byte[0]));
            insert.setName(resource.getName()).setFields(Resources.FIELDS);
            conditions.generation().ifPresent(insert::setIfGenerationMatch);
            conditions.metageneration().ifPresent(insert::setIfMetagenerationMatch);
            settings.write().kmsKey().filter(value -> !value.isBlank()).ifPresent(insert::setKmsKeyName);
            acl(settings).ifPresent(insert::setPredefinedAcl);
            return insert;
        } catch (IOException e) {
            throw GcsErrors.translate(call, e);
        }
    }

    /** As what the bytes are sent. */
    static String type(StorageObject resource) {
        return resource.getContentType() == null ? NO_TYPE : resource.getContentType();
    }

    /** The canned ACL in the API's words: {@code bucket-owner-read} is {@code bucketOwnerRead}. */
    static Optional<String> acl(GcsSettings settings) {
        return settings.write().acl().filter(value -> !value.isBlank()).map(value -> {
            StringBuilder camel = new StringBuilder();
            for (String word : value.split("-", -1)) {
                camel.append(
                        camel.length() == 0 || word.isEmpty()
                                ? word
                                : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
            }
            return camel.toString();
        });
    }

    private Upload whole(
            Call call,
            ObjectKey key,
            ObjectBody body,
            StorageObject resource,
            Storage.Objects.Insert template,
            byte[] buffer) {
        fill(call, body, buffer);
        Crc32c crc = Crc32c.of(buffer, 0, buffer.length);
        resource.setCrc32c(crc.base64());
        StorageObject answer = client.calls().call(call, RequestKind.PUT, () -> {
            Storage.Objects.Insert insert =
                    client.objects().insert(settings.bucket(), resource, new ByteArrayContent(type(resource), buffer));
            insert.putAll(template);
            insert.getMediaHttpUploader().setDirectUploadEnabled(true).setDisableGZipContent(true);
            return Resources.honest(call, insert.execute());
        });
        return made.verified(call, new Upload(Resources.meta(call, settings.bucket(), key, answer), crc), buffer);
    }

    private static void fill(Call call, ObjectBody body, byte[] buffer) {
        try (InputStream in = body.open();
                CountedStream counted = new CountedStream(call, in, buffer.length)) {
            int n = counted.readNBytes(buffer, 0, buffer.length);
            if (n < buffer.length || counted.read() >= 0) {
                throw new CorruptObjectException(call + ": the body has not its " + buffer.length + " bytes");
            }
        } catch (IOException e) {
            throw GcsErrors.translate(call, e);
        }
    }
}
