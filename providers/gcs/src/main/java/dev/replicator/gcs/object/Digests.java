package dev.replicator.gcs.object;

import com.google.api.client.http.HttpHeaders;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Digests of contents as the API and its headers write them. Composed objects have no MD5. */
final class Digests {
    private static final int CRC32C_BYTES = 4;
    private static final int MD5_BYTES = 16;
    private static final String HASHES = "x-goog-hash";
    private static final String CRC32C = "crc32c=";

    private Digests() {}

    static List<Fingerprint> fingerprints(@Nullable String crc32c, @Nullable String md5) {
        List<Fingerprint> found = new ArrayList<>();
        add(found, Algorithm.CRC32C, crc32c, CRC32C_BYTES);
        add(found, Algorithm.MD5, md5, MD5_BYTES);
        return found;
    }

    private static void add(List<Fingerprint> found, Algorithm algorithm, @Nullable String base64, int bytes) {
        byte[] digest = decoded(base64);
        if (digest.length == bytes) {
            found.add(new Fingerprint(algorithm, HexFormat.of().formatHex(digest)));
        }
    }

    /** The whole object's CRC32C that an answer with its bytes, or some of them, carries. */
    static Optional<Integer> crc32c(HttpHeaders headers) {
        for (String value : headers.getHeaderStringValues(HASHES)) {
            for (String hash : value.split(",", -1)) {
                if (hash.strip().startsWith(CRC32C)) {
                    return Crc32c.parsed(hash.strip().substring(CRC32C.length()));
                }
            }
        }
        return Optional.empty();
    }

    /** The bytes; none where the text is no Base64. */
    static byte[] decoded(@Nullable String base64) {
        try {
            return base64 == null ? new byte[0] : Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
