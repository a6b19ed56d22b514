package dev.replicator.gcs.client;

import com.google.auth.Retryable;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.GoogleCredentials;
import dev.replicator.gcs.wire.WireTransport;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.Displays;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Application Default Credentials, looked for when a request first needs them: the file that {@code
 * GOOGLE_APPLICATION_CREDENTIALS} names (any type that Google's library knows, among them {@code external_account}), a
 * hosting platform's sidecar, the file that {@code gcloud auth application-default login} left, the machine's own. Tokens
 * are refreshed before they expire. Thread-safe.
 */
final class GcsCredentials {
    private static final String FILE = "GOOGLE_APPLICATION_CREDENTIALS";
    /** Characters of an unknown kind of credentials that an error shows. */
    private static final int LONGEST_KIND = 40;

    private static final List<String> SCOPES = List.of("https://www.googleapis.com/auth/devstorage.full_control");

    private final GcsSettings settings;
    private final HttpTransportFactory http;
    private Optional<GoogleCredentials> found = Optional.empty();

    GcsCredentials(GcsSettings settings, WireTransport transport) {
        this.settings = settings;
        this.http = () -> transport;
    }

    /** The headers that authenticate a request to {@code target}; may ask for a token. */
    Map<String, List<String>> headers(URI target) {
        try {
            Map<String, List<String>> headers = credentials().getRequestMetadata(target);
            if (headers.values().stream().flatMap(List::stream).allMatch(GcsCredentials::isHeaderText)) {
                return headers;
            }
        } catch (IOException e) {
            throw refused(e);
        }
        throw new CredentialsException(
                "use gs://" + settings.bucket() + ": no credentials: what was handed out is what no header can carry");
    }

    /** A scheme and a token (RFC 6750), so no line break that would begin another header. */
    private static boolean isHeaderText(String value) {
        String token = value.substring(value.indexOf(' ') + 1);
        return !token.isEmpty() && value.chars().allMatch(c -> c >= 0x20 && c < 0x7F) && token.indexOf(' ') < 0;
    }

    private synchronized GoogleCredentials credentials() throws IOException {
        if (found.isEmpty()) {
            found = Optional.of(find().createScoped(SCOPES));
        }
        return found.get();
    }

    private GoogleCredentials find() throws IOException {
        Optional<String> file =
                Optional.ofNullable(settings.environment().get(FILE)).filter(value -> !value.isBlank());
        if (file.isPresent()) {
            return read(file.get());
        }
        Optional<Sidecar> sidecar = Sidecar.ofPlatform(settings.environment());
        if (sidecar.isPresent()) {
            return new SidecarCredentials(sidecar.get(), http);
        }
        return GoogleCredentials.getApplicationDefault(http);
    }

    private GoogleCredentials read(String file) throws IOException {
        byte[] json;
        try {
            json = Files.readAllBytes(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw new CredentialsException(
                    "use gs://" + settings.bucket() + ": the credentials file that " + FILE + " names can't be read: "
                            + Displays.escaped(file),
                    e);
        }
        Optional<Sidecar> sidecar = Sidecar.ofFile(json);
        if (sidecar.isPresent()) {
            return new SidecarCredentials(sidecar.get(), http);
        }
        try {
            return GoogleCredentials.fromStream(new ByteArrayInputStream(json), http);
        } catch (IOException | RuntimeException e) {
            // Not as a cause, and without its words: they may show what is in the file.
            String where = "use gs://" + settings.bucket() + ": the file that " + FILE + " names, "
                    + Displays.escaped(file) + ", ";
            boolean key = String.valueOf(e.getMessage()).contains("PKCS");
            throw new CredentialsException(
                    where + (key ? "holds a private key that can't be read" : "holds no credentials" + kind(json)));
        }
    }

    /** Of the kind that a file says it holds no more than what any kind's name would need. */
    private static String kind(byte[] json) {
        return Sidecar.kind(json)
                .map(kind -> " of a known kind: "
                        + Displays.escaped(kind.substring(0, kind.offsetByCodePoints(0, shown(kind)))))
                .orElse("");
    }

    private static int shown(String kind) {
        return Math.min(LONGEST_KIND, kind.codePointCount(0, kind.length()));
    }

    private StoreException refused(IOException e) {
        String message = "use gs://" + settings.bucket() + ": no credentials: "
                + Displays.escaped(
                        String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        if (e instanceof Retryable trouble && trouble.isRetryable()) {
            return new TransientStoreException(Trouble.NETWORK, message, Optional.empty(), e);
        }
        return new CredentialsException(message, e);
    }
}
