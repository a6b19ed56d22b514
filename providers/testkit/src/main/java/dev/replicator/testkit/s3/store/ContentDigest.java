package dev.replicator.testkit.s3.store;

import dev.replicator.testkit.objects.Content;
import dev.replicator.testkit.s3.checksum.ChecksumAlgorithm;
import dev.replicator.testkit.s3.checksum.Digester;
import dev.replicator.testkit.s3.checksum.Digests;
import dev.replicator.testkit.s3.checksum.ObjectChecksum;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Digests of contents. Where more than {@link #MOST_GENERATED} bytes would have to be generated, the MD5 is that of a
 * description of the content (still equal for equal content), and there are no checksums.
 */
public final class ContentDigest {
    /** 64 MiB. */
    public static final long MOST_GENERATED = 64L << 20;

    private ContentDigest() {}

    public static byte[] md5(Content content) {
        if (content.generated() > MOST_GENERATED) {
            return Digests.md5(content.toString().getBytes(StandardCharsets.UTF_8));
        }
        return digest(content, ChecksumAlgorithm.digester("MD5"));
    }

    /** The checksum of all bytes, where it can be had. */
    public static Optional<ObjectChecksum> full(Content content, ChecksumAlgorithm algorithm) {
        if (content.generated() > MOST_GENERATED) {
            return Optional.empty();
        }
        return Optional.of(ObjectChecksum.full(algorithm, digest(content, algorithm.digester())));
    }

    /** The bytes themselves, for contents that fit in an array. */
    public static byte[] bytes(Content content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(content.length()));
        write(content, out);
        return out.toByteArray();
    }

    private static byte[] digest(Content content, Digester digester) {
        write(content, digester);
        return digester.digest();
    }

    private static void write(Content content, OutputStream out) {
        try {
            content.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }
}
