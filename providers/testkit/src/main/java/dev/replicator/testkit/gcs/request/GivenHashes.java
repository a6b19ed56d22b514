package dev.replicator.testkit.gcs.request;

import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.store.Fingerprint;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Hashes that a client gave for its bytes; a wrong one refuses the write. */
public record GivenHashes(List<String> crc32cs, List<String> md5s) {
    public GivenHashes {
        crc32cs = List.copyOf(crc32cs);
        md5s = List.copyOf(md5s);
        crc32cs.forEach(value -> requireBytes(value, 4, "CRC32C"));
        md5s.forEach(value -> requireBytes(value, 16, "MD5"));
    }

    public GivenHashes(Optional<String> crc32c, Optional<String> md5) {
        this(crc32c.stream().toList(), md5.stream().toList());
    }

    /** Of {@code X-Goog-Hash} fields, each with one or more of {@code crc32c=…} and {@code md5=…}. */
    public static GivenHashes ofHeaders(GcsRequest request) {
        List<String> crc32cs = new ArrayList<>();
        List<String> md5s = new ArrayList<>();
        for (String field : request.headers().all("x-goog-hash")) {
            for (String hash : field.split(",", -1)) {
                String trimmed = hash.trim();
                if (trimmed.startsWith("crc32c=")) {
                    crc32cs.add(trimmed.substring("crc32c=".length()));
                } else if (trimmed.startsWith("md5=")) {
                    md5s.add(trimmed.substring("md5=".length()));
                } else {
                    throw GcsRefusal.of(Reason.INVALID, "Invalid X-Goog-Hash header.")
                            .at("header", "X-Goog-Hash");
                }
            }
        }
        return new GivenHashes(crc32cs, md5s);
    }

    /** These and others. */
    public GivenHashes and(GivenHashes others) {
        List<String> allCrc32cs = new ArrayList<>(crc32cs);
        allCrc32cs.addAll(others.crc32cs);
        List<String> allMd5s = new ArrayList<>(md5s);
        allMd5s.addAll(others.md5s);
        return new GivenHashes(allCrc32cs, allMd5s);
    }

    /** Refuses bytes that are not the ones these hashes are of. */
    public void check(Fingerprint fingerprint) {
        crc32cs.forEach(given -> equal("CRC32C", given, fingerprint.encodedCrc32c()));
        md5s.forEach(given -> equal("MD5 hash", given, fingerprint.md5().orElse(given)));
    }

    private static void equal(String what, String given, String calculated) {
        if (!given.equals(calculated)) {
            throw GcsRefusal.of(
                    Reason.INVALID,
                    "Provided " + what + " \"" + given + "\" doesn't match calculated " + what + " \"" + calculated
                            + "\".");
        }
    }

    private static void requireBytes(String base64, int length, String what) {
        boolean fits;
        try {
            fits = Base64.getDecoder().decode(base64).length == length;
        } catch (IllegalArgumentException e) {
            fits = false;
        }
        if (!fits) {
            throw GcsRefusal.of(Reason.INVALID, "Invalid " + what + ": \"" + base64 + "\".");
        }
    }
}
