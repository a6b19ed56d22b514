package dev.replicator.s3.object;

import dev.replicator.store.Version;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** ETags with and without their quotes. */
final class ETags {
    private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");

    private ETags() {}

    /** As versions hold it: without quotes and weakness mark; empty when the service sent none. */
    static Optional<Version> version(String header) {
        String bare = bare(header);
        return bare.isEmpty() ? Optional.empty() : Optional.of(new Version(bare));
    }

    static String bare(String header) {
        if (header == null) {
            return "";
        }
        String tag = header.startsWith("W/") ? header.substring(2) : header;
        boolean quoted = tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"");
        return quoted ? tag.substring(1, tag.length() - 1) : tag;
    }

    /** As a condition's header wants it. */
    static String quoted(Version version) {
        return "\"" + version.token() + "\"";
    }

    static boolean isMd5(String bare) {
        return MD5.matcher(bare).matches();
    }

    /** What S3 makes of these parts: the MD5 of their MD5s, with their number; empty where a part's ETag is no MD5. */
    static Optional<String> ofParts(List<CompletedPart> parts) {
        MessageDigest digest = md5();
        for (CompletedPart part : parts) {
            String tag = bare(part.eTag());
            if (!isMd5(tag)) {
                return Optional.empty();
            }
            digest.update(HexFormat.of().parseHex(tag));
        }
        return Optional.of(HexFormat.of().formatHex(digest.digest()) + "-" + parts.size());
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
