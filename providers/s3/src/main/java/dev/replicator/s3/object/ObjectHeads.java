package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Calls;
import dev.replicator.s3.client.S3Clients;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.Capability;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreSettings.Checksums;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.Tag;

/** Heads of objects and their tags. Thread-safe. */
public final class ObjectHeads {
    private final S3Settings settings;
    private final S3Clients clients;
    private final Clock clock;

    public ObjectHeads(S3Settings settings, S3Clients clients, Clock clock) {
        this.settings = settings;
        this.clients = clients;
        this.clock = clock;
    }

    /** The object's state, or empty; an answer to a HEAD can't tell a missing bucket from a missing key. */
    public Optional<ObjectMeta> head(Call call, ObjectKey key) {
        return answer(call, key).map(answer -> meta(call, key, answer));
    }

    /** The object that an answer of {@link #answer} or {@link #pinned} describes. */
    ObjectMeta meta(Call call, ObjectKey key, HeadObjectResponse answer) {
        return ObjectAnswers.meta(call, key, answer, clock);
    }

    /** As {@link #head}, with all that the answer says. */
    Optional<HeadObjectResponse> answer(Call call, ObjectKey key) {
        Optional<String> name = Keys.text(key);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(head(call, clients.single(), settings.bucket(), name.get()));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The head of {@code object}, which must be the version it says. */
    HeadObjectResponse pinned(Call call, ObjectMeta object) {
        return pinned(call, clients.single(), settings.bucket(), object);
    }

    /** The head of an object in another bucket, by a client of that bucket's region. */
    HeadObjectResponse pinned(Call call, S3Client client, String bucket, ObjectMeta object) {
        HeadObjectResponse answer = head(call, client, bucket, Keys.required(call, object.key()));
        if (!ObjectAnswers.version(call, answer).equals(object.version())) {
            throw new StaleObjectException(call + ": it is no longer the version that was seen");
        }
        return answer;
    }

    private HeadObjectResponse head(Call call, S3Client client, String bucket, String key) {
        HeadObjectRequest.Builder request =
                HeadObjectRequest.builder().bucket(bucket).key(key);
        if (settings.checksums() == Checksums.WHEN_SUPPORTED) {
            request.checksumMode(ChecksumMode.ENABLED);
        }
        return S3Calls.call(call, () -> client.headObject(request.build()));
    }

    /** The metadata of an answer with the object's tags, which are asked for only where the answer says there are any. */
    ObjectMetadata withTags(Call call, ObjectKey key, S3Response answer) {
        return withTags(call, clients.single(), settings.bucket(), key, answer);
    }

    ObjectMetadata withTags(Call call, S3Client client, String bucket, ObjectKey key, S3Response answer) {
        ObjectMetadata metadata = ObjectAnswers.metadata(answer);
        return mayHaveTags(answer) ? metadata.withTags(tags(call, client, bucket, key)) : metadata;
    }

    private boolean mayHaveTags(S3Response answer) {
        Optional<Integer> count = ObjectAnswers.field(answer, "TagCount", Integer.class);
        boolean headWithoutCount = answer instanceof HeadObjectResponse && count.isEmpty() && !settings.amazon();
        return settings.capabilities().contains(Capability.TAGS) && (headWithoutCount || count.orElse(0) > 0);
    }

    /** The object's tags. */
    public Map<String, String> tags(Call call, ObjectKey key) {
        return tags(call, clients.single(), settings.bucket(), key);
    }

    private static Map<String, String> tags(Call call, S3Client client, String bucket, ObjectKey key) {
        GetObjectTaggingRequest request = GetObjectTaggingRequest.builder()
                .bucket(bucket)
                .key(Keys.required(call, key))
                .build();
        Map<String, String> tags = new TreeMap<>();
        for (Tag tag :
                S3Calls.call(call, () -> client.getObjectTagging(request)).tagSet()) {
            tags.put(tag.key(), tag.value());
        }
        return tags;
    }
}
