package dev.replicator.s3.object;

import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.Capability;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.Precondition;
import dev.replicator.store.WriteSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Fields that requests making an object have in common, by the API reference's names: PutObject, CreateMultipartUpload
 * and CopyObject share the write settings, the first two the metadata, all and CompleteMultipartUpload the conditions.
 */
final class RequestFields {
    private static final String EXPIRES = "Expires";
    private static final List<String> KEPT = List.of(
            "StorageClass",
            "ServerSideEncryption",
            "SSEKMSKeyId",
            "BucketKeyEnabled",
            "WebsiteRedirectLocation",
            "ObjectLockMode",
            "ObjectLockRetainUntilDate",
            "ObjectLockLegalHoldStatus");

    private final Map<String, Object> values = new TreeMap<>();
    private Optional<String> expires = Optional.empty();

    /** The service's own settings of written objects. */
    RequestFields settings(WriteSettings write) {
        write.storageClass().filter(value -> !value.isBlank()).ifPresent(value -> values.put("StorageClass", value));
        write.sse().filter(value -> !value.isBlank()).ifPresent(value -> values.put("ServerSideEncryption", value));
        write.kmsKey().filter(value -> !value.isBlank()).ifPresent(value -> values.put("SSEKMSKeyId", value));
        write.acl().filter(value -> !value.isBlank()).ifPresent(value -> values.put("ACL", value));
        return this;
    }

    /** What the object carries, as far as the store keeps it; a content type is never in the way. */
    RequestFields metadata(ObjectMetadata metadata, S3Settings settings) {
        metadata.contentType().ifPresent(value -> values.put("ContentType", value));
        if (settings.capabilities().contains(Capability.METADATA)) {
            headers(metadata);
        }
        if (!metadata.tags().isEmpty() && settings.capabilities().contains(Capability.TAGS)) {
            values.put("Tagging", tagging(metadata.tags()));
        }
        return this;
    }

    private void headers(ObjectMetadata metadata) {
        metadata.cacheControl().ifPresent(value -> values.put("CacheControl", value));
        metadata.contentEncoding().ifPresent(value -> values.put("ContentEncoding", value));
        metadata.contentDisposition().ifPresent(value -> values.put("ContentDisposition", value));
        metadata.contentLanguage().ifPresent(value -> values.put("ContentLanguage", value));
        if (!metadata.user().isEmpty()) {
            values.put("Metadata", S3MetadataRules.wire(metadata.user()));
        }
        metadata.expires().ifPresent(value -> expires = Optional.of(value));
    }

    /** What the object of that head is beside content and metadata, so that a copy of it stays so. */
    RequestFields keeping(HeadObjectResponse head) {
        for (String name : KEPT) {
            ObjectAnswers.field(head, name, Object.class).ifPresent(value -> values.put(name, value));
        }
        return this;
    }

    /** These fields, by name. */
    RequestFields with(Map<String, String> fields) {
        values.putAll(fields);
        return this;
    }

    /** The precondition as a header, where the store honours it: {@code create} and {@code replace} name what it can. */
    RequestFields condition(Precondition precondition, S3Settings settings, Capability create, Capability replace) {
        if (precondition instanceof Precondition.Absent
                && settings.capabilities().contains(create)) {
            values.put("IfNoneMatch", "*");
        }
        if (precondition instanceof Precondition.Unchanged unchanged
                && settings.capabilities().contains(replace)) {
            values.put("IfMatch", ETags.quoted(unchanged.version()));
        }
        return this;
    }

    /** Sets the fields on an SDK request's builder. */
    <B> B on(B builder) {
        for (SdkField<?> field : ((SdkPojo) builder).sdkFields()) {
            Object value = values.get(field.memberName());
            if (value != null) {
                field.set(builder, value);
            }
        }
        return builder;
    }

    /** What goes as a raw header: {@code Expires} as the source had it, which need not be a date. */
    Optional<AwsRequestOverrideConfiguration> override() {
        return expires.map(value -> AwsRequestOverrideConfiguration.builder()
                .putHeader(EXPIRES, value)
                .build());
    }

    private static String tagging(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> SdkHttpUtils.urlEncode(tag.getKey()) + "=" + SdkHttpUtils.urlEncode(tag.getValue()))
                        .collect(Collectors.joining("&"));
    }
}
