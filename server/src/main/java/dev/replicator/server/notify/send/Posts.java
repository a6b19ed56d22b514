package dev.replicator.server.notify.send;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * POSTs of JSON: to addresses that were looked at, once each, without following anybody anywhere, and with no more of an
 * answer than its first KiB. Thread-safe.
 */
final class Posts implements AutoCloseable {
    static final int MOST_OF_AN_ANSWER = 1_024;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final GuardedAddresses addresses;
    private final Clock clock;
    private final Deadline deadline;
    private final CloseableHttpClient client;

    Posts(GuardedAddresses addresses, Clock clock) {
        this(addresses, clock, LONGEST);
    }

    Posts(GuardedAddresses addresses, Clock clock, Duration longest) {
        this.addresses = addresses;
        this.clock = clock;
        this.deadline = new Deadline(longest);
        Timeout connecting = Timeout.ofMilliseconds(Math.min(5_000, longest.toMillis()));
        Timeout waiting = Timeout.ofMilliseconds(Math.min(10_000, longest.toMillis()));
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(addresses)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connecting)
                                .setSocketTimeout(waiting)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connecting)
                        .setResponseTimeout(waiting)
                        .build())
                .setUserAgent("Replicator")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** @param headers win over those that are given by themselves */
    Attempt post(URI url, String json, Map<String, String> headers) {
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        if (!secure && !(addresses.isPrivateAllowed() && "http".equalsIgnoreCase(url.getScheme()))) {
            return Attempt.failed(0, "its address is not https");
        }
        HttpPost request = new HttpPost(url);
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(json.getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON));
        AtomicBoolean late = new AtomicBoolean();
        List<Attempt> answered = new ArrayList<>(1);
        try (Deadline.Running ignored = deadline.start(() -> {
            late.set(true);
            request.cancel();
        })) {
            client.execute(request, response -> {
                answered.add(judged(response));
                if (!isShort(response.getEntity())) {
                    request.cancel();
                }
                return true;
            });
        } catch (IOException e) {
            return answered.isEmpty()
                    ? Attempt.failed(0, late.get() ? "it took too long" : problem(e))
                    : answered.get(0);
        }
        return answered.get(0);
    }

    private Attempt judged(ClassicHttpResponse response) {
        int code = response.getCode();
        if (code >= 200 && code < 300) {
            return Attempt.delivered(code);
        }
        String what = code >= 300 && code < 400 ? "it leads elsewhere, which is not followed" : "it was not taken";
        return new Attempt(code, what + " (" + code + ")", retryAfter(response));
    }

    private Optional<Duration> retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader("Retry-After");
        if (header == null) {
            return Optional.empty();
        }
        String value = String.valueOf(header.getValue()).trim();
        if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(clock.instant(), date.toInstant()))
                    .filter(pause -> !pause.isNegative());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Reads what a well-behaved answer holds; whether it ends there. */
    private static boolean isShort(HttpEntity entity) throws IOException {
        return entity == null || entity.getContent().readNBytes(MOST_OF_AN_ANSWER + 1).length <= MOST_OF_AN_ANSWER;
    }

    private static String problem(IOException e) {
        if (e instanceof ForbiddenAddressException) {
            return String.valueOf(e.getMessage());
        }
        if (e instanceof UnknownHostException) {
            return "nobody knows its host";
        }
        if (e instanceof SocketTimeoutException) {
            return "it did not answer in time";
        }
        if (e instanceof SSLException) {
            return "there is no trust between here and there (TLS)";
        }
        return e instanceof ConnectException ? "nobody listens there" : "the connection broke";
    }

    @Override
    public void close() {
        deadline.close();
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }
}
