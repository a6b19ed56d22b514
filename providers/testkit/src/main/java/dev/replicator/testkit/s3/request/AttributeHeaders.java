package dev.replicator.testkit.s3.request;

import dev.replicator.testkit.http.Query;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.model.Weakness;
import dev.replicator.testkit.s3.store.Attributes;
import dev.replicator.testkit.s3.store.Bucket;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what an upload's header fields say about the object beside its bytes. */
public final class AttributeHeaders {
    private static final String METADATA = "x-amz-meta-";
    private static final int MOST_METADATA_BYTES = 2048;
    private static final List<String> STANDARD = List.of(
            "Cache-Control",
            "Content-Disposition",
            "Content-Encoding",
            "Content-Language",
            "Content-Type",
            "Expires",
            "x-amz-website-redirect-location",
            "x-amz-object-lock-mode",
            "x-amz-object-lock-retain-until-date",
            "x-amz-object-lock-legal-hold");
    private static final Set<String> STORAGE_CLASSES = Set.of(
            "STANDARD",
            "REDUCED_REDUNDANCY",
            "STANDARD_IA",
            "ONEZONE_IA",
            "INTELLIGENT_TIERING",
            "GLACIER",
            "DEEP_ARCHIVE",
            "GLACIER_IR",
            "EXPRESS_ONEZONE");
    private static final Set<String> CANNED_ACLS = Set.of(
            "private",
            "public-read",
            "public-read-write",
            "authenticated-read",
            "aws-exec-read",
            "bucket-owner-read",
            "bucket-owner-full-control");

    private final ServiceSettings settings;

    public AttributeHeaders(ServiceSettings settings) {
        this.settings = settings;
    }

    /** Everything an upload into this bucket says. */
    public Attributes read(S3Request request, Bucket bucket) {
        return new Attributes(
                standard(request),
                metadata(request),
                tags(request),
                storageClass(request),
                EncryptionHeaders.read(request, bucket),
                acl(request),
                locked(request));
    }

    public Map<String, String> standard(S3Request request) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : STANDARD) {
            request.header(name.toLowerCase(Locale.ROOT)).ifPresent(value -> headers.put(name, value));
        }
        String encoding = Arrays.stream(
                        headers.getOrDefault("Content-Encoding", "").split(","))
                .map(String::strip)
                .filter(coding -> !coding.isEmpty() && !coding.equals("aws-chunked"))
                .collect(Collectors.joining(","));
        if (encoding.isEmpty()) {
            headers.remove("Content-Encoding");
        } else {
            headers.put("Content-Encoding", encoding);
        }
        headers.putIfAbsent("Content-Type", "binary/octet-stream");
        return headers;
    }

    public Map<String, String> metadata(S3Request request) {
        Map<String, String> metadata = new LinkedHashMap<>();
        int bytes = 0;
        for (String name : request.headers().names()) {
            if (name.startsWith(METADATA)) {
                String value = String.join(",", request.headers().all(name));
                metadata.put(name.substring(METADATA.length()), value);
                bytes += name.length() - METADATA.length() + value.length();
            }
        }
        if (bytes > MOST_METADATA_BYTES) {
            throw S3Refusal.of(ErrorCode.METADATA_TOO_LARGE)
                    .with("Size", Integer.toString(bytes))
                    .with("MaxSizeAllowed", Integer.toString(MOST_METADATA_BYTES));
        }
        return metadata;
    }

    public Map<String, String> tags(S3Request request) {
        Optional<String> header = request.header("x-amz-tagging");
        if (header.isEmpty()) {
            return Map.of();
        }
        if (settings.has(Weakness.NO_TAGS)) {
            throw S3Refusal.of(ErrorCode.NOT_IMPLEMENTED).with("Header", "x-amz-tagging");
        }
        Query pairs = Query.parse(header.get()).orElseThrow(() -> S3Refusal.of(ErrorCode.INVALID_ARGUMENT));
        return checkedTags(pairs.parameters());
    }

    /** Tags within S3's limits: 10, of different keys of 1 to 128 characters, with values of up to 256. */
    public static Map<String, String> checkedTags(List<Map.Entry<String, String>> pairs) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Map.Entry<String, String> pair : pairs) {
            String key = pair.getKey();
            boolean fits =
                    !key.isEmpty() && key.length() <= 128 && pair.getValue().length() <= 256;
            if (!fits || tags.put(key, pair.getValue()) != null) {
                throw S3Refusal.of(ErrorCode.INVALID_TAG);
            }
        }
        if (tags.size() > 10) {
            throw S3Refusal.of(ErrorCode.INVALID_TAG, "Object tags cannot be greater than 10");
        }
        return tags;
    }

    public String storageClass(S3Request request) {
        String storageClass = request.header("x-amz-storage-class").orElse("STANDARD");
        if (!STORAGE_CLASSES.contains(storageClass)) {
            throw S3Refusal.of(ErrorCode.INVALID_STORAGE_CLASS).with("StorageClassRequested", storageClass);
        }
        return storageClass;
    }

    public String acl(S3Request request) {
        for (String name : request.headers().names()) {
            if (name.startsWith("x-amz-grant-")) {
                throw S3Refusal.of(ErrorCode.NOT_IMPLEMENTED).with("Header", name);
            }
        }
        String acl = request.header("x-amz-acl").orElse("private");
        if (!CANNED_ACLS.contains(acl)) {
            throw S3Refusal.of(ErrorCode.INVALID_ARGUMENT)
                    .with("ArgumentName", "x-amz-acl")
                    .with("ArgumentValue", acl);
        }
        return acl;
    }

    public boolean locked(S3Request request) {
        return request.header("x-amz-object-lock-mode").isPresent()
                || request.header("x-amz-object-lock-legal-hold")
                        .filter("ON"::equals)
                        .isPresent();
    }
}
