package dev.replicator.testkit.s3.auth;

import dev.replicator.testkit.http.HttpRequest;
import dev.replicator.testkit.http.Query;
import dev.replicator.testkit.s3.checksum.Digests;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.FakeCredentials;
import dev.replicator.testkit.s3.model.S3Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Checks Signature Version 4 as S3 does, in the header or presigned; "Authenticating Requests" in its API guide. */
public final class SignatureVerifier {
    private static final Duration MOST_SKEW = Duration.ofMinutes(15);

    private final CredentialStore credentials;
    private final Clock clock;
    private final String region;
    private final boolean anonymousAllowed;

    public SignatureVerifier(CredentialStore credentials, Clock clock, String region, boolean anonymousAllowed) {
        this.credentials = credentials;
        this.clock = clock;
        this.region = region;
        this.anonymousAllowed = anonymousAllowed;
    }

    /** Admits a request of any identity, signed or not. */
    public Admission waveThrough(HttpRequest request) {
        return Admission.unchecked(request.headers().first("x-amz-content-sha256"));
    }

    /** Admits a request that is rightly signed, or unsigned where that is allowed; refuses every other. */
    public Admission verify(HttpRequest request, Query query) {
        Optional<String> authorization = request.headers().first("authorization");
        if (authorization.isPresent()) {
            return verified(request, query, SignatureClaim.ofHeader(request, authorization.get()));
        }
        if (query.has("X-Amz-Signature") || query.has("X-Amz-Algorithm")) {
            return verified(request, query, SignatureClaim.ofQuery(query));
        }
        if (anonymousAllowed) {
            return waveThrough(request);
        }
        throw S3Refusal.of(ErrorCode.ACCESS_DENIED);
    }

    private Admission verified(HttpRequest request, Query query, SignatureClaim claim) {
        if (!claim.scope().region().equals(region)) {
            throw S3Refusal.of(
                            ErrorCode.AUTHORIZATION_HEADER_MALFORMED,
                            "The authorization header is malformed; the region '"
                                    + claim.scope().region() + "' is wrong; expecting '" + region + "'")
                    .with("Region", region);
        }
        FakeCredentials identity = credentials.find(claim.scope().accessKey(), claim.sessionToken());
        checkTime(claim);
        checkSignedHeaders(request, claim);
        byte[] key = Hmac.signingKey(identity.secretKey(), claim.scope().day(), region);
        String toSign = String.join(
                "\n",
                SignatureClaim.ALGORITHM,
                claim.timestamp(),
                claim.scope().text(),
                Digests.sha256Hex(CanonicalRequest.of(request, query, claim).getBytes(StandardCharsets.UTF_8)));
        String expected = Digests.hex(Hmac.sign(key, toSign));
        if (!MessageDigest.isEqual(ascii(expected), ascii(claim.signature()))) {
            throw S3Refusal.of(ErrorCode.SIGNATURE_DOES_NOT_MATCH)
                    .with("AWSAccessKeyId", identity.accessKey())
                    .with("StringToSign", toSign)
                    .with("CanonicalRequest", CanonicalRequest.of(request, query, claim));
        }
        credentials.spendCall(identity.accessKey());
        Signer signer = new Signer(key, claim.timestamp(), claim.scope().text(), expected);
        return new Admission(Optional.of(claim.payloadHash()), Optional.of(signer));
    }

    private void checkTime(SignatureClaim claim) {
        Instant now = clock.instant();
        Instant signedAt = claim.signedAt();
        if (claim.lifetime().isPresent()) {
            if (now.isAfter(signedAt.plus(claim.lifetime().get()))) {
                throw S3Refusal.of(ErrorCode.ACCESS_DENIED, "Request has expired");
            }
            if (signedAt.isAfter(now.plus(MOST_SKEW))) {
                throw S3Refusal.of(ErrorCode.ACCESS_DENIED, "Request is not valid yet");
            }
            return;
        }
        if (Duration.between(signedAt, now).abs().compareTo(MOST_SKEW) > 0) {
            throw S3Refusal.of(ErrorCode.REQUEST_TIME_TOO_SKEWED)
                    .with("RequestTime", claim.timestamp())
                    .with("ServerTime", now.toString())
                    .with("MaxAllowedSkewMilliseconds", Long.toString(MOST_SKEW.toMillis()));
        }
    }

    private static void checkSignedHeaders(HttpRequest request, SignatureClaim claim) {
        for (String name : request.headers().names()) {
            boolean mustBeSigned = name.equals("host") || name.startsWith("x-amz-");
            if (mustBeSigned && !claim.signedHeaders().contains(name)) {
                throw S3Refusal.of(
                                ErrorCode.ACCESS_DENIED,
                                "There were headers present in the request which were not signed")
                        .with("HeadersNotSigned", name);
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
