package dev.replicator.gcs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.replicator.gcs.wire.WireTransport;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where tokens come from, as far as this machine can show it: files and sidecars, no service of Google's. */
class CredentialsTest {
    private static final URI TARGET = URI.create("https://storage.googleapis.com/storage/v1/b/photos/o");

    @TempDir
    Path directory;

    private final List<String> asked = new ArrayList<>();
    private final WireTransport transport = new WireTransport();
    private HttpServer sidecar;
    private String exchanged = "{\"access_token\":\"token-1\",\"expires_in\":3600}";
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        sidecar = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sidecar.createContext("/credential", exchange -> answer(exchange, 200, "{\"access_token\":\"subject-1\"}"));
        sidecar.createContext("/token", exchange -> answer(exchange, status, exchanged));
        sidecar.start();
    }

    @AfterEach
    void stop() throws IOException {
        sidecar.stop(0);
        transport.close();
    }

    private synchronized void answer(HttpExchange exchange, int code, String body) throws IOException {
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + sent);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String root() {
        return "http://127.0.0.1:" + sidecar.getAddress().getPort();
    }

    private Map<String, List<String>> headers(Map<String, String> environment) {
        return credentials(environment).headers(TARGET);
    }

    private GcsCredentials credentials(Map<String, String> environment) {
        GcsSettings settings = GcsSettings.resolve(
                StoreSettings.of(new StoreUri("gs", "photos", KeyPrefix.NONE)),
                new StoreContext(new RequestMeter(), Clock.systemUTC(), environment, RetrySettings.DEFAULT));
        return new GcsCredentials(settings, transport);
    }

    private Map<String, String> file(String json) throws IOException {
        Path file = Files.writeString(directory.resolve("credentials.json"), json);
        return Map.of("GOOGLE_APPLICATION_CREDENTIALS", file.toString());
    }

    private String external(String tokenUrl) {
        return "{\"type\":\"external_account\",\"audience\":\"replit\",\"subject_token_type\":\"access_token\","
                + "\"token_url\":\"" + tokenUrl + "\",\"credential_source\":{\"url\":\"" + root()
                + "/credential\",\"format\":{\"type\":\"json\",\"subject_token_field_name\":\"access_token\"}},"
                + "\"universe_domain\":\"googleapis.com\"}";
    }

    @Test
    void takesTheTokensOfASidecarThatAFileDescribes() throws IOException {
        assertThat(headers(file(external(root() + "/token"))).get("Authorization"))
                .containsExactly("Bearer token-1");
        assertThat(asked).hasSize(2);
        assertThat(asked.get(0)).isEqualTo("GET /credential ");
        assertThat(asked.get(1))
                .startsWith("POST /token ")
                .contains("subject_token=subject-1")
                .contains("audience=replit");
    }

    @Test
    void asksForATokenOnceWhileItLasts() throws IOException {
        GcsCredentials credentials = credentials(file(external(root() + "/token")));

        credentials.headers(TARGET);
        credentials.headers(TARGET);

        assertThat(asked).hasSize(2);
    }

    @Test
    void takesTheTokensOfThePlatformsSidecarWhereItsVariablesArePresent() {
        assertThat(headers(Map.of("REPL_ID", "x", "REPLIT_SIDECAR_ENDPOINT", root()))
                        .get("Authorization"))
                .containsExactly("Bearer token-1");
    }

    @Test
    void exchangesNoTokensOverPlainHttpWithAnotherHost() throws IOException {
        Map<String, String> environment = file(external("http://203.0.113.7/token"));

        assertThatThrownBy(() -> headers(environment)).isInstanceOf(RuntimeException.class);
        assertThat(asked).isEmpty();
        assertThat(Sidecar.ofPlatform(Map.of("REPL_ID", "x", "REPLIT_SIDECAR_ENDPOINT", "http://203.0.113.7")))
                .isEmpty();
    }

    @Test
    void saysThatASidecarRefusesAndShowsNothingOfItsAnswer() throws IOException {
        Map<String, String> environment = file(external(root() + "/token"));
        status = 500;
        exchanged = "secret-token";

        assertThatThrownBy(() -> headers(environment))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("answers 500")
                .hasMessageNotContaining("secret-token")
                .hasMessageNotContaining("subject-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"9223372036854775807", "99999999999999", "0", "-9223372036854775808", "\"4611686018427387904\""})
    void aLifetimeThatCanNotBeIsNoReasonToFail(String seconds) throws IOException {
        exchanged = "{\"access_token\":\"token-1\",\"expires_in\":" + seconds + "}";
        GcsCredentials credentials = credentials(file(external(root() + "/token")));

        assertThat(credentials.headers(TARGET).get("Authorization")).containsExactly("Bearer token-1");
        credentials.headers(TARGET);
        assertThat(asked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:11 06", "http://127.0.0.1:1106/%zz", "127.0.0.1:1106", "localhost:1106", ":"})
    void anAddressOfTheSidecarThatIsNoneIsNothingToTryAgain(String endpoint) {
        assertThatThrownBy(() -> headers(Map.of("REPL_ID", "x", "REPLIT_SIDECAR_ENDPOINT", endpoint)))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("REPLIT_SIDECAR_ENDPOINT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token-1\\r\\nX-Injected: yes", "token-1\\n", "token 1", "token-\\u00e9", "\\u0000"})
    void sendsNoTokenThatNoHeaderCanCarryAndShowsNothingOfIt(String token) throws IOException {
        exchanged = "{\"access_token\":\"" + token + "\",\"expires_in\":3600}";
        Map<String, String> environment = file(external(root() + "/token"));

        assertThatThrownBy(() -> headers(environment))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("no header can carry")
                .hasMessageNotContaining("token-1")
                .hasMessageNotContaining("Injected")
                .hasNoCause();
    }

    @Test
    void showsOfAnUnknownKindOfCredentialsNoMoreThanItsBeginning() throws IOException {
        Map<String, String> environment = file("{\"type\":\"unheard-of\\n\\u001b[31m" + "x".repeat(10_000) + "\"}");

        assertThatThrownBy(() -> headers(environment))
                .isInstanceOfSatisfying(
                        CredentialsException.class,
                        e -> assertThat(e.getMessage())
                                .hasSizeLessThan(300)
                                .contains("unheard-of\\u000A\\u001B")
                                .doesNotContain("\n", "\u001b"));
    }

    @Test
    void saysWhenTheFileIsNotThereOrNoCredentials() throws IOException {
        assertThatThrownBy(() -> headers(Map.of("GOOGLE_APPLICATION_CREDENTIALS", "/srv/nowhere.json")))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("can't be read");
        Map<String, String> garbage = file("{\"type\":\"unheard-of\"}");
        assertThatThrownBy(() -> headers(garbage)).isInstanceOf(CredentialsException.class);
        Map<String, String> torn = file("{\"type\":");
        assertThatThrownBy(() -> headers(torn)).isInstanceOf(CredentialsException.class);
    }

    @Test
    void namesTheFileAndSaysThatItsKeyCanNotBeRead() throws IOException {
        Map<String, String> other = file("{\"type\":\"service_account\"}");
        String path = directory.resolve("credentials.json").toString();

        assertThatThrownBy(() -> headers(other))
                .hasMessageContaining(path)
                .hasMessageContaining("holds no credentials");
        Map<String, String> broken = file("""
                {"type":"service_account","client_id":"1","client_email":"a@b.example","private_key_id":"k",
                 "private_key":"-----BEGIN PRIVATE KEY-----\\nc2VjcmV0\\n-----END PRIVATE KEY-----\\n",
                 "token_uri":"https://token.example/"}
                """);
        assertThatThrownBy(() -> headers(broken))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining(path)
                .hasMessageContaining("a private key that can't be read")
                .message()
                .doesNotContain("c2VjcmV0");
        assertThatThrownBy(() -> headers(Map.of("GOOGLE_APPLICATION_CREDENTIALS", "/srv/nowhere.json")))
                .hasMessageContaining("/srv/nowhere.json");
    }
}
