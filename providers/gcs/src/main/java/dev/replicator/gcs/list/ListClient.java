package dev.replicator.gcs.list;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsCalls;
import dev.replicator.gcs.client.GcsClient;
import dev.replicator.gcs.client.GcsSettings;
import dev.replicator.store.ListRequest;
import dev.replicator.store.RequestKind;
import dev.replicator.store.remote.NotProven;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Asks for one page of a listing ({@code objects.list}) and reads the body whole, compressed on its way, one attempt.
 * Thread-safe.
 */
public final class ListClient {
    /** A page of 1,000 entries with names of 1,024 bytes, every byte escaped, is about 7 MiB. */
    private static final int MAX_BODY = 16 << 20;
    /** With 8 KiB of user metadata each, every byte escaped, it is about 56 MiB. */
    private static final int MAX_BODY_WITH_METADATA = 64 << 20;

    private static final int FIRST_ROOM = 512 * 1024;

    private final GcsClient client;

    public ListClient(GcsClient client) {
        this.client = client;
    }

    /** An answer's body is {@code buffer[0, length)}; the buffer may be used again for the next answer. */
    static final class Answer {
        private final int status;
        private final HttpHeaders headers;
        private final byte[] buffer;
        private final int length;

        Answer(int status, HttpHeaders headers, byte[] buffer, int length) {
            this.status = status;
            this.headers = headers;
            this.buffer = buffer;
            this.length = length;
        }

        int status() {
            return status;
        }

        HttpHeaders headers() {
            return headers;
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
     * @param buffer read into where it is large enough
     * @throws dev.replicator.store.StoreException when there is no whole answer
     */
    Answer ask(Call call, ListRequest request, Position position, byte[] buffer) throws NotProven {
        GenericUrl url = new GenericUrl(url(request, position), true);
        int most = request.metadata() ? MAX_BODY_WITH_METADATA : MAX_BODY;
        Answer answer = client.calls().call(call, RequestKind.LIST, () -> {
            HttpRequest get = client.requests().buildGetRequest(url);
            get.getHeaders().setUserAgent("replicator (gzip)");
            HttpResponse response = get.setThrowExceptionOnExecuteError(false).execute();
            try {
                return read(response, buffer, most);
            } finally {
                GcsCalls.end(response);
            }
        });
        if (answer.length() > most) {
            throw new NotProven("the body is over " + (most >> 20) + " MiB");
        }
        return answer;
    }

    private String url(ListRequest request, Position position) {
        GcsSettings settings = client.settings();
        StringBuilder url = new StringBuilder(settings.root().toString())
                .append("storage/v1/b/")
                .append(settings.bucket())
                .append("/o?prettyPrint=false&maxResults=")
                .append(request.pageSize());
        append(url, "fields", PageScanner.fields(request.metadata()));
        if (!request.prefix().isEmpty()) {
            append(url, "prefix", request.prefix().text());
        }
        if (position.offset().length > 0) {
            append(url, "startOffset", new String(position.offset(), StandardCharsets.UTF_8));
        }
        request.range().hi().flatMap(hi -> Offsets.behind(hi.bytes())).ifPresent(end -> append(url, "endOffset", end));
        position.token().ifPresent(token -> append(url, "pageToken", token));
        settings.userProject().ifPresent(project -> append(url, "userProject", project));
        return url.toString();
    }

    private static void append(StringBuilder url, String name, String value) {
        url.append('&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    private static Answer read(HttpResponse response, byte[] buffer, int most) throws IOException {
        InputStream in = response.getContent();
        if (in == null) {
            return new Answer(response.getStatusCode(), response.getHeaders(), buffer, 0);
        }
        byte[] room = buffer.length == 0 ? new byte[FIRST_ROOM] : buffer;
        int length = 0;
        for (int n = in.read(room, 0, room.length); n >= 0; n = in.read(room, length, room.length - length)) {
            length += n;
            if (length > most) {
                break;
            }
            if (length == room.length) {
                room = Arrays.copyOf(room, room.length * 2);
            }
        }
        return new Answer(response.getStatusCode(), response.getHeaders(), room, length);
    }
}
