package dev.replicator.testkit.s3.listing;

import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

/** Opaque tokens: each says where a page ended, and holds only for the bucket, prefix and delimiter it was made for. */
final class ContinuationTokens {
    private ContinuationTokens() {}

    static String of(String bucket, ListingQuery query, ListingQuery.Position position) {
        String payload = (position.commonPrefix() ? "p" : "k") + position.text();
        String sealed = seal(bucket, query.prefix(), query.delimiter(), payload) + payload;
        return Base64.getEncoder().encodeToString(sealed.getBytes(StandardCharsets.UTF_8));
    }

    static ListingQuery.Position parse(String bucket, String prefix, String delimiter, String token) {
        try {
            String sealed = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            if (sealed.length() > 9) {
                String payload = sealed.substring(8);
                if (sealed.startsWith(seal(bucket, prefix, delimiter, payload))) {
                    return new ListingQuery.Position(payload.charAt(0) == 'p', payload.substring(1));
                }
            }
        } catch (IllegalArgumentException e) {
            throw incorrect();
        }
        throw incorrect();
    }

    private static S3Refusal incorrect() {
        return S3Refusal.of(ErrorCode.INVALID_ARGUMENT, "The continuation token provided is incorrect")
                .with("ArgumentName", "continuation-token");
    }

    private static String seal(String bucket, String prefix, String delimiter, String payload) {
        CRC32 crc = new CRC32();
        crc.update(String.join("\n", bucket, prefix, delimiter, payload).getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
