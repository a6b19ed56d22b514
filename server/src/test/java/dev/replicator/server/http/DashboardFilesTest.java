package dev.replicator.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.config.Role;
import dev.replicator.server.ApiClient;
import dev.replicator.server.RawHttp;
import dev.replicator.server.TestServer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard's files, and the base path. */
@Timeout(60)
class DashboardFilesTest {
    @TempDir
    Path directory;

    @Test
    void filesWithADigestInTheirNamesAreKeptForEverAndPagesAreNot() throws IOException {
        Path root = Files.createDirectories(directory.resolve("META-INF/resources/replicator/assets"));
        Files.writeString(root.resolve("index-abc123.js"), "run()");
        Files.writeString(root.getParent().resolve("index.html"), "<!doctype html>");
        Files.writeString(root.getParent().resolve("notes.class"), "no");
        Files.writeString(directory.resolve("META-INF/secret.txt"), "no");
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            DashboardFiles files = new DashboardFiles(classes);

            DashboardFiles.File script = files.of("/assets/index-abc123.js").orElseThrow();
            DashboardFiles.File page = files.of("/").orElseThrow();

            assertThat(script.cacheControl()).contains("immutable");
            assertThat(script.type()).startsWith("text/javascript");
            assertThat(page.cacheControl()).isEqualTo("no-cache");
            assertThat(new String(page.content(), StandardCharsets.UTF_8)).isEqualTo("<!doctype html>");
            assertThat(files.of("/index.html")).isPresent();
            for (String path : List.of(
                    "/notes.class",
                    "/../../secret.txt",
                    "/assets/../../../secret.txt",
                    "/assets",
                    "/assets/",
                    "//index.html",
                    "/assets//index-abc123.js",
                    "/.hidden",
                    "/assets/%2e%2e/index.html",
                    "/assets\\index-abc123.js",
                    "/missing.js",
                    "/META-INF/secret.txt",
                    "")) {
                assertThat(files.of(path)).as(path).isEmpty();
            }
        }
    }

    @Test
    void withoutADashboardAPageSaysSo() throws IOException {
        Path empty = Files.createDirectories(directory.resolve("empty"));
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {empty.toUri().toURL()}, null)) {
            assertThat(new String(
                            new DashboardFiles(classes).of("/").orElseThrow().content(), StandardCharsets.UTF_8))
                    .contains("no dashboard", "api/v1/openapi.json");
        }
    }

    @Test
    void thePageNeedsNoTokenAndMayRunItsOwnScriptsOnly() {
        try (TestServer server = TestServer.in(directory)) {
            ApiClient.Answer page = server.anybody().get("/");

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(page.header("Content-Security-Policy"))
                    .contains(
                            "default-src 'none'",
                            "script-src 'self'",
                            "connect-src 'self'",
                            "base-uri 'none'",
                            "form-action 'self'",
                            "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "*");
            assertThat(server.anybody().send("HEAD", "/", Optional.empty()).status())
                    .isEqualTo(200);
            assertThat(server.anybody().post("/", "{}").status()).isEqualTo(401);
        }
    }

    @Test
    void underABasePathAllOfItWorksWithAndWithoutIt() throws IOException {
        try (TestServer server = TestServer.in(
                directory,
                settings -> TestServer.settings("127.0.0.1", "/some/path", List.of(), settings.tokens()),
                Clock.systemUTC(),
                TestServer.LAX)) {
            assertThat(server.server().uri().getPath()).isEqualTo("/some/path");
            for (String base : List.of("", "/some/path")) {
                assertThat(server.anybody().get(base + "/").status()).as(base).isEqualTo(200);
                assertThat(server.anybody().get(base + "/health/live").status()).isEqualTo(200);
                assertThat(server.anybody().get(base + "/api/v1/jobs").status()).isEqualTo(401);
                assertThat(server.as(Role.VIEWER).get(base + "/api/v1/jobs").status())
                        .isEqualTo(200);
                assertThat(server.as(Role.VIEWER).get(base + "/api/v1/audit").status())
                        .isEqualTo(403);
            }
            ApiClient.Answer run =
                    server.as(Role.OPERATOR).post("/some/path/api/v1/jobs/media/runs", "{\"dryRun\":true}");
            assertThat(run.header("Location")).startsWith("/some/path/api/v1/runs/");
            ApiClient.Answer login =
                    server.anybody().post("/api/v1/session", "{\"token\":\"" + TestServer.tokenOf(Role.VIEWER) + "\"}");
            assertThat(login.header("Set-Cookie")).contains("; Path=/some/path;");
            String redirect = RawHttp.send(
                    server.root(), "GET /some/path HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(redirect).startsWith("HTTP/1.1 308").contains("Location: /some/path/\r\n");
            for (String trick : List.of(
                    "/some/path/../api/v1/jobs",
                    "/some/path/some/path/api/v1/jobs",
                    "/some/path//api/v1/jobs",
                    "/some/path;/api/v1/jobs",
                    "/some/pathapi/v1/jobs")) {
                String answer = RawHttp.send(
                        server.root(), "GET " + trick + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                assertThat(RawHttp.status(answer)).as(trick).isIn(400, 401);
            }
        }
    }
}
