package dev.replicator.s3.list;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Clients;
import dev.replicator.s3.client.S3Errors;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.ListRequest;
import dev.replicator.store.RequestKind;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.remote.NotProven;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * Asks for one page of a listing: builds ListObjectsV2 by hand, signs it with the SDK's signer, sends it over the SDK's
 * HTTP client and reads the body whole, one attempt. Thread-safe.
 */
public final class ListClient {
    /** A page of 1,000 keys of 1,024 bytes, every byte percent-encoded, is under 4 MiB. */
    private static final int MAX_BODY = 16 << 20;

    private static final int FIRST_ROOM = 512 * 1024;

    private final S3Settings settings;
    private final S3Clients clients;
    private final RequestMeter meter;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final ListEndpoint endpoint;

    public ListClient(S3Settings settings, S3Clients clients, RequestMeter meter) {
        this.settings = settings;
        this.clients = clients;
        this.meter = meter;
        this.endpoint = ListEndpoint.of(settings);
    }

    /** An answer's body is {@code buffer[0, length)}; the buffer may be used again for the next answer. */
    static final class Answer {
        private final SdkHttpResponse response;
        private final byte[] buffer;
        private final int length;

        Answer(SdkHttpResponse response, byte[] buffer, int length) {
            this.response = response;
            this.buffer = buffer;
            this.length = length;
        }

        SdkHttpResponse response() {
            return response;
        }

        byte[] buffer() {
            return buffer;
        }

        int length() {
            return length;
        }
    }

    /**
     * One request, one answer of whatever status.
     *
     * @param startAfter sent where there is no token and it is not empty
     * @param buffer read into where it is large enough
     * @throws dev.replicator.store.StoreException when there is no whole answer
     */
    Answer ask(Call call, ListRequest request, Optional<String> token, String startAfter, byte[] buffer)
            throws NotProven {
        try {
            SdkHttpRequest signed = signed(unsigned(request, token, startAfter));
            ExecutableHttpRequest prepared = clients.http()
                    .prepareRequest(HttpExecuteRequest.builder().request(signed).build());
            meter.count(RequestKind.LIST);
            Instant sent = clients.time().sent();
            HttpExecuteResponse answer = prepared.call();
            clients.time().saw(sent, answer.httpResponse().firstMatchingHeader("Date"));
            return read(answer, buffer);
        } catch (IOException | SdkException e) {
            throw S3Errors.translate(call, e);
        }
    }

    private SdkHttpRequest unsigned(ListRequest request, Optional<String> token, String startAfter) {
        SdkHttpRequest.Builder http = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(endpoint.url())
                .putRawQueryParameter("list-type", "2")
                .putRawQueryParameter("encoding-type", "url")
                .putRawQueryParameter("max-keys", Integer.toString(request.pageSize()));
        if (endpoint.url().getRawPath().isEmpty()) {
            http.encodedPath("/");
        }
        if (!request.prefix().isEmpty()) {
            http.putRawQueryParameter("prefix", request.prefix().text());
        }
        if (token.isPresent()) {
            http.putRawQueryParameter("continuation-token", token.get());
        } else if (!startAfter.isEmpty()) {
            http.putRawQueryParameter("start-after", startAfter);
        }
        if (settings.requesterPays()) {
            http.putHeader(S3Settings.REQUEST_PAYER, S3Settings.REQUESTER);
        }
        settings.expectedBucketOwner().ifPresent(owner -> http.putHeader(S3Settings.EXPECTED_OWNER, owner));
        if (settings.amazon()) {
            http.putHeader("x-amz-optional-object-attributes", "RestoreStatus");
        }
        return http.build();
    }

    private SdkHttpRequest signed(SdkHttpRequest request) {
        AwsCredentials identity = clients.credentials().resolveCredentials();
        return signer.sign(sign -> sign.request(request)
                        .identity(identity)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, endpoint.signingName())
                        .putProperty(AwsV4HttpSigner.REGION_NAME, endpoint.signingRegion())
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false))
                .request();
    }

    private static Answer read(HttpExecuteResponse answer, byte[] buffer) throws IOException, NotProven {
        SdkHttpResponse response = answer.httpResponse();
        Optional<AbortableInputStream> body = answer.responseBody();
        if (body.isEmpty()) {
            return new Answer(response, buffer, 0);
        }
        byte[] room = buffer.length == 0 ? new byte[FIRST_ROOM] : buffer;
        int length = 0;
        boolean whole = false;
        AbortableInputStream in = body.get();
        try {
            for (int n = in.read(room, 0, room.length); n >= 0; n = in.read(room, length, room.length - length)) {
                length += n;
                if (length > MAX_BODY) {
                    throw new NotProven("the body is over " + (MAX_BODY >> 20) + " MiB");
                }
                if (length == room.length) {
                    room = Arrays.copyOf(room, room.length * 2);
                }
            }
            whole = true;
        } finally {
            end(in, whole);
        }
        requireLength(response, length);
        return new Answer(response, room, length);
    }

    /** Gives the connection back after a whole body, cuts it otherwise. */
    private static void end(AbortableInputStream in, boolean whole) throws IOException {
        if (whole) {
            ((InputStream) in).close();
        } else {
            in.abort();
        }
    }

    private static void requireLength(SdkHttpResponse response, int length) throws NotProven {
        Optional<String> claimed = response.firstMatchingHeader("Content-Length");
        if (claimed.isPresent() && !claimed.get().strip().equals(Integer.toString(length))) {
            throw new NotProven("the body has " + length + " bytes where its header says " + claimed.get());
        }
    }
}
