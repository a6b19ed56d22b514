package dev.replicator.gcs.client;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.StorageRequest;
import com.google.api.services.storage.StorageRequestInitializer;
import dev.replicator.gcs.wire.WireTransport;
import dev.replicator.store.Displays;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreContext;
import dev.replicator.store.remote.ServerTime;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Google's JSON client of one bucket over one pool of connections. Sends each request once: retries are a decorator's,
 * and those of the parts of a large object are those of {@link dev.replicator.store.remote.Repeats}. Every answer's
 * Date tells the service's time. Thread-safe.
 */
public final class GcsClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GcsClient.class);
    private static final String NAME = "replicator";
    /** Longest silence of the server; one call of a copy within the service is asked for half a minute's work. */
    private static final int SILENCE_MILLIS = 120_000;

    private final GcsSettings settings;
    private final StoreContext context;
    private final WireTransport transport = new WireTransport();
    private final ServerTime time;
    private final GcsCredentials credentials;
    private final HttpRequestFactory requests;
    private final Storage storage;
    private final GcsCalls calls = new GcsCalls(this);
    private volatile boolean closed;

    /** Reads and sends nothing. */
    public GcsClient(GcsSettings settings, StoreContext context) {
        this.settings = settings;
        this.context = context;
        time = new ServerTime(context.clock());
        credentials = new GcsCredentials(settings, transport);
        requests = transport.createRequestFactory(this::prepare);
        storage = new Storage.Builder(transport, GsonFactory.getDefaultInstance(), this::prepare)
                .setRootUrl(settings.root().toString())
                .setApplicationName(NAME)
                .setStorageRequestInitializer(new Common(settings.userProject()))
                .build();
    }

    public GcsSettings settings() {
        return settings;
    }

    /** Google's generated client: one method per method of the API. */
    public Storage.Objects objects() {
        return storage.objects();
    }

    public Storage.Buckets buckets() {
        return storage.buckets();
    }

    /** For requests that the generated client has no words for. */
    public HttpRequestFactory requests() {
        return requests;
    }

    /** The request as a GET however long its address is; the generated client would make it a POST. */
    public HttpRequest get(StorageRequest<?> request) throws IOException {
        return requests.buildGetRequest(request.buildHttpRequestUrl());
    }

    public GcsCalls calls() {
        return calls;
    }

    public ServerTime time() {
        return time;
    }

    /** For what repeats the steps of one object itself. */
    public RetrySettings retry() {
        return context.retry();
    }

    /** How many bytes of objects may be held in memory at once. */
    public long bytesInFlight() {
        return context.bytesInFlight();
    }

    RequestMeter meter() {
        return context.meter();
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store gs://" + Displays.escaped(settings.bucket()) + " is closed");
        }
    }

    /** Every request passes here before it is sent. */
    private void prepare(HttpRequest request) {
        request.setNumberOfRetries(0);
        request.setFollowRedirects(false);
        request.setReadTimeout(SILENCE_MILLIS);
        request.setLoggingEnabled(false);
        request.setCurlLoggingEnabled(false);
        URI target = request.getUrl().toURI();
        if (settings.authenticated()) {
            credentials
                    .headers(target)
                    .forEach((name, values) -> request.getHeaders().set(name, values));
        }
        Instant[] sent = {time.sent()};
        request.setInterceptor(ready -> sent[0] = time.sent());
        request.setResponseInterceptor(answer ->
                time.saw(sent[0], Optional.ofNullable(answer.getHeaders().getDate())));
    }

    @Override
    public void close() {
        closed = true;
        try {
            transport.close();
        } catch (IOException e) {
            log.debug("closing the connections of gs://{} failed", settings.bucket(), e);
        }
    }

    /** What all requests of the generated client have in common. */
    private static final class Common extends StorageRequestInitializer {
        private final Optional<String> userProject;

        Common(Optional<String> userProject) {
            this.userProject = userProject;
        }

        @Override
        public void initializeStorageRequest(StorageRequest<?> request) {
            request.setDisableGZipContent(true);
            request.setPrettyPrint(false);
            userProject.ifPresent(project -> request.set("userProject", project));
        }
    }
}
