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
            return credentials().getRequestMetadata(target);
        } catch (IOException e) {
            throw refused(e);
        }
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
                    "use gs://" + settings.bucket() + ": the credentials file that " + FILE + " names can't be read",
                    e);
        }
        Optional<Sidecar> sidecar = Sidecar.ofFile(json);
        if (sidecar.isPresent()) {
            return new SidecarCredentials(sidecar.get(), http);
        }
        try {
            return GoogleCredentials.fromStream(new ByteArrayInputStream(json), http);
        } catch (RuntimeException e) {
            // Not as a cause, and without its words: they may show what is in the file.
            throw new CredentialsException(
                    "use gs://" + settings.bucket() + ": the file that " + FILE + " names holds no credentials");
        }
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
