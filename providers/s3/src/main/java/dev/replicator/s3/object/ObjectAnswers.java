package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ServiceTrait;
import dev.replicator.store.Version;
import dev.replicator.store.remote.ServerTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Reads what the headers of an answer about one object say. Heads, reads and writes name the same fields alike, so all
 * are read by the names that the API reference gives them.
 */
final class ObjectAnswers {
    private static final String NO_VERSION = "null";
    private static final Map<String, Algorithm> CHECKSUMS = Map.of(
            "ChecksumCRC32", Algorithm.CRC32,
            "ChecksumCRC32C", Algorithm.CRC32C,
            "ChecksumCRC64NVME", Algorithm.CRC64NVME,
            "ChecksumSHA1", Algorithm.SHA1,
            "ChecksumSHA256", Algorithm.SHA256);

    private ObjectAnswers() {}

    /** The object that a head or a whole read describes. */
    static ObjectMeta meta(Call call, ObjectKey key, S3Response answer, Clock clock) {
        long size = size(call, answer);
        Instant modified = field(answer, "LastModified", Instant.class).orElseGet(clock::instant);
        return new ObjectMeta(
                key,
                size,
                modified,
                version(call, answer),
                fingerprints(answer),
                note(answer),
                Optional.of(metadata(answer)));
    }

    static long size(Call call, S3Response answer) {
        return field(answer, "ContentLength", Long.class)
                .filter(size -> size >= 0)
                .orElseThrow(() -> new CorruptObjectException(call + ": the answer names no length"));
    }

    /** The object that a write made: its time is the answer's Date, as near to LastModified as one request tells. */
    static ObjectMeta written(Call call, ObjectKey key, long size, S3Response answer, ServerTime time) {
        Instant modified = Optional.ofNullable(answer.sdkHttpResponse())
                .flatMap(http -> http.firstMatchingHeader("Date"))
                .flatMap(ServerTime::parse)
                .orElseGet(time::now);
        return new ObjectMeta(
                key, size, modified, version(call, answer), fingerprints(answer), EntryNote.NONE, Optional.empty());
    }

    static Version version(Call call, S3Response answer) {
        return ETags.version(field(answer, "ETag", String.class).orElse(""))
                .orElseThrow(() -> new CorruptObjectException(call + ": the answer names no ETag"));
    }

    /** The version that a write made; empty where versions are not kept, or no more: other writes take that name again. */
    static Optional<String> versionId(S3Response answer) {
        return field(answer, "VersionId", String.class).filter(id -> !id.equals(NO_VERSION));
    }

    static <T> Optional<T> field(S3Response answer, String name, Class<T> type) {
        return answer.getValueForField(name, type);
    }

    /**
     * Digests of the whole content: the ETag always; as an MD5 where it looks like one and no key of KMS or of the
     * customer is involved; checksums that cover the full object, not those of its parts.
     */
    static List<Fingerprint> fingerprints(S3Response answer) {
        List<Fingerprint> found = new ArrayList<>();
        String etag = ETags.bare(field(answer, "ETag", String.class).orElse(""));
        if (!etag.isEmpty()) {
            found.add(new Fingerprint(Algorithm.ETAG, etag));
            if (ETags.isMd5(etag) && isPlainlyStored(answer)) {
                found.add(new Fingerprint(Algorithm.MD5, etag));
            }
        }
        boolean composite =
                field(answer, "ChecksumType", String.class).orElse("").equals("COMPOSITE");
        boolean unsaid = field(answer, "ChecksumType", String.class).isEmpty();
        if (composite || (unsaid && etag.contains("-"))) {
            return found;
        }
        CHECKSUMS.forEach((name, algorithm) -> field(answer, name, String.class)
                .flatMap(ObjectAnswers::hex)
                .ifPresent(hex -> found.add(new Fingerprint(algorithm, hex))));
        return found;
    }

    private static boolean isPlainlyStored(S3Response answer) {
        String encryption = field(answer, "ServerSideEncryption", String.class).orElse("AES256");
        return encryption.equals("AES256")
                && field(answer, "SSECustomerAlgorithm", String.class).isEmpty();
    }

    private static Optional<String> hex(String base64) {
        try {
            return Optional.of(HexFormat.of().formatHex(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static EntryNote note(S3Response answer) {
        String storage = field(answer, "StorageClass", String.class).orElse("");
        boolean archived = storage.equals("GLACIER")
                || storage.equals("DEEP_ARCHIVE")
                || field(answer, "ArchiveStatus", String.class).isPresent();
        boolean restored = field(answer, "Restore", String.class).orElse("").contains("ongoing-request=\"false\"");
        return archived && !restored ? EntryNote.ARCHIVED : EntryNote.NONE;
    }

    /** Headers, user metadata and traits, without tags. */
    static ObjectMetadata metadata(S3Response answer) {
        return new ObjectMetadata(
                field(answer, "ContentType", String.class),
                field(answer, "CacheControl", String.class),
                field(answer, "ContentEncoding", String.class).flatMap(ObjectAnswers::withoutChunking),
                field(answer, "ContentDisposition", String.class),
                field(answer, "ContentLanguage", String.class),
                field(answer, "ExpiresString", String.class),
                user(answer),
                Map.of(),
                traits(answer));
    }

    /** Some servers keep {@code aws-chunked}, which is how a body travelled and not what it is. */
    static Optional<String> withoutChunking(String encoding) {
        String kept = Arrays.stream(encoding.split(",", -1))
                .map(String::strip)
                .filter(token -> !token.isEmpty() && !token.equalsIgnoreCase("aws-chunked"))
                .collect(Collectors.joining(", "));
        return kept.isEmpty() ? Optional.empty() : Optional.of(encoding.contains("aws-chunked") ? kept : encoding);
    }

    private static Map<String, String> user(S3Response answer) {
        Map<String, String> user = new TreeMap<>();
        Map<?, ?> found = field(answer, "Metadata", Map.class).orElse(Map.of());
        found.forEach((name, value) ->
                user.put(String.valueOf(name).toLowerCase(Locale.ROOT), HeaderText.decode(String.valueOf(value))));
        return UserNames.restored(user);
    }

    /** What the service keeps beside metadata. */
    private static Map<ServiceTrait, String> traits(S3Response answer) {
        Map<ServiceTrait, String> traits = new EnumMap<>(ServiceTrait.class);
        field(answer, "StorageClass", String.class)
                .filter(value -> !value.equals("STANDARD"))
                .ifPresent(value -> traits.put(ServiceTrait.STORAGE_CLASS, value));
        field(answer, "ObjectLockLegalHoldStatus", String.class)
                .filter("ON"::equals)
                .ifPresent(value -> traits.put(ServiceTrait.HOLD, "legal hold"));
        field(answer, "ObjectLockMode", String.class).ifPresent(value -> traits.put(ServiceTrait.HOLD, value));
        field(answer, "WebsiteRedirectLocation", String.class)
                .ifPresent(value -> traits.put(ServiceTrait.REDIRECT, "the redirect"));
        return traits;
    }
}
