package dev.replicator.testkit.gcs.listing;

import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

/** Opaque tokens: each says where a page ended, and holds only for the bucket, prefix and delimiter it was made for. */
public final class PageTokens {
    private PageTokens() {}

    static String of(ListQuery query, ListQuery.Position position) {
        String payload = (position.prefix() ? "p" : "k") + position.text();
        String sealed = seal(query.bucket(), query.prefix(), query.delimiter(), payload) + payload;
        return Base64.getEncoder().encodeToString(sealed.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a token; refuses one that this server did not make for these. */
    public static ListQuery.Position parse(String bucket, String prefix, String delimiter, String token) {
        try {
            String sealed = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            if (sealed.length() > 8) {
                String payload = sealed.substring(8);
                if (sealed.startsWith(seal(bucket, prefix, delimiter, payload))) {
                    return new ListQuery.Position(payload.charAt(0) == 'p', payload.substring(1));
                }
            }
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        throw invalid();
    }

    private static GcsRefusal invalid() {
        return GcsRefusal.ofParameter(Reason.INVALID, "Invalid page token.", "pageToken");
    }

    private static String seal(String bucket, String prefix, String delimiter, String payload) {
        CRC32 crc = new CRC32();
        crc.update(String.join("\n", bucket, prefix, delimiter, payload).getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
