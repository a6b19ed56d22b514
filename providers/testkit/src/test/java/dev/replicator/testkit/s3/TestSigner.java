package dev.replicator.testkit.s3;

import dev.replicator.testkit.s3.model.FakeCredentials;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signature Version 4 written a second time, from its specification, so that the fake is not tested by itself. */
record TestSigner(FakeCredentials credentials, String region, Clock clock) {
    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    static TestSigner of(FakeS3Options options) {
        return new TestSigner(options.credentials().get(0), options.region(), options.clock());
    }

    /** The given fields and those of the signature; a payload hash that is given is kept. */
    Map<String, String> sign(String method, URI endpoint, String path, Map<String, String> headers, byte[] body) {
        Map<String, String> signed = new TreeMap<>(headers);
        signed.put("host", endpoint.getAuthority());
        signed.putIfAbsent("x-amz-date", BASIC.format(clock.instant()));
        signed.putIfAbsent("x-amz-content-sha256", sha256(body));
        credentials.sessionToken().ifPresent(token -> signed.put("x-amz-security-token", token));
        String names = String.join(";", signed.keySet());
        int mark = path.indexOf('?');
        String canonical = method + "\n" + (mark < 0 ? path : path.substring(0, mark)) + "\n"
                + (mark < 0 ? "" : canonicalQuery(path.substring(mark + 1))) + "\n"
                + signed.entrySet().stream()
                        .map(field -> field.getKey() + ":" + field.getValue() + "\n")
                        .collect(Collectors.joining())
                + "\n" + names + "\n" + signed.get("x-amz-content-sha256");
        String date = signed.get("x-amz-date");
        String toSign = "AWS4-HMAC-SHA256\n" + date + "\n" + scope(date) + "\n"
                + sha256(canonical.getBytes(StandardCharsets.UTF_8));
        signed.put(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=" + credentials.accessKey() + "/" + scope(date) + ", SignedHeaders="
                        + names + ", Signature=" + hex(hmac(key(date), toSign)));
        return signed;
    }

    /** The signature of what follows the one before: a chunk or a trailer. */
    String chained(String algorithm, String date, String previous, String hashes) {
        String toSign = String.join("\n", algorithm, date, scope(date), previous, hashes);
        return hex(hmac(key(date), toSign));
    }

    static String sha256(byte[] bytes) {
        try {
            return hex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String scope(String date) {
        return date.substring(0, 8) + "/" + region + "/s3/aws4_request";
    }

    private byte[] key(String date) {
        byte[] secret = ("AWS4" + credentials.secretKey()).getBytes(StandardCharsets.UTF_8);
        return hmac(hmac(hmac(hmac(secret, date.substring(0, 8)), region), "s3"), "aws4_request");
    }

    private static String canonicalQuery(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.contains("=") ? pair : pair + "=")
                .sorted()
                .collect(Collectors.joining("&"));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
