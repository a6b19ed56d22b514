package dev.replicator.testkit.s3.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 and the chain of it that makes a Signature Version 4 signing key. */
final class Hmac {
    private Hmac() {}

    static byte[] sign(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    static byte[] signingKey(String secretKey, String day, String region) {
        byte[] dayKey = sign(("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8), day);
        return sign(sign(sign(dayKey, region), "s3"), "aws4_request");
    }
}
