package dev.replicator.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.config.Role;
import dev.replicator.server.ApiClient;
import dev.replicator.server.TestServer;
import dev.replicator.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tokens, guesses, sessions of the dashboard. */
@Timeout(60)
class TokenTest {
    private static final String LOGIN = "{\"token\":\"" + TestServer.tokenOf(Role.OPERATOR) + "\"}";
    private static final String COOKIE = "replicator-session";

    private final SettableClock clock = new SettableClock();

    @TempDir
    Path directory;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.in(directory, UnaryOperator.identity(), clock, TestServer.LAX);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTokenSaysWhoOneIs() {
        ApiClient.Answer me = server.as(Role.APPROVER).get("/api/v1/me");

        assertThat(me.json().path("name").asText()).isEqualTo("approver");
        assertThat(me.json().path("role").asText()).isEqualTo("approver");
    }

    @Test
    void fiveWrongTokensShutAnAddressOutForAMinuteWhateverItBringsThen() {
        ApiClient guessing = server.anybody().with("Authorization", "Bearer wrong-wrong-wrong-wrong-wrong");
        for (int i = 0; i < 5; i++) {
            assertThat(guessing.get("/api/v1/me").status()).isEqualTo(401);
        }

        ApiClient.Answer shutOut = guessing.get("/api/v1/me");
        ApiClient.Answer right = server.as(Role.VIEWER).get("/api/v1/me");
        ApiClient.Answer login = server.anybody().post("/api/v1/session", LOGIN);
        clock.advance(Duration.ofSeconds(61));
        ApiClient.Answer later = server.as(Role.VIEWER).get("/api/v1/me");

        assertThat(shutOut.status()).isEqualTo(429);
        assertThat(Integer.parseInt(shutOut.header("Retry-After"))).isBetween(1, 60);
        assertThat(right.code()).isEqualTo("too-many-attempts");
        assertThat(login.code()).isEqualTo("too-many-attempts");
        assertThat(later.status()).isEqualTo(200);
    }

    @Test
    void aHeaderThatClaimsAnotherAddressChangesNothing() {
        for (int i = 0; i < 5; i++) {
            server.anybody()
                    .with("Authorization", "Bearer wrong")
                    .with("X-Forwarded-For", "10.0.0." + i)
                    .with("Forwarded", "for=10.0.1." + i)
                    .get("/api/v1/me");
        }

        assertThat(server.as(Role.VIEWER)
                        .with("X-Forwarded-For", "10.0.0.99")
                        .get("/api/v1/me")
                        .status())
                .isEqualTo(429);
    }

    @Test
    void aSessionGoesOnWhileItsAddressIsShutOut() {
        ApiClient session = loggedIn();
        for (int i = 0; i < 6; i++) {
            server.anybody().with("Authorization", "Bearer wrong").get("/api/v1/me");
        }

        assertThat(session.get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void aSessionsCookieIsKeptFromScriptsAndOtherSites() {
        ApiClient.Answer login = server.anybody().post("/api/v1/session", LOGIN);
        ApiClient.Answer proxied =
                server.anybody().with("X-Forwarded-Proto", "https").post("/api/v1/session", LOGIN);

        assertThat(login.header("Set-Cookie"))
                .startsWith(COOKIE + "=")
                .contains("; Path=/;", "; HttpOnly", "; SameSite=Strict")
                .doesNotContain("Secure", "Domain");
        assertThat(proxied.header("Set-Cookie"))
                .startsWith("__Host-" + COOKIE + "=")
                .contains("; Secure", "; Path=/;");
    }

    @Test
    void aSessionReadsWithItsTokensRoleAndEndsByLoggingOut() {
        ApiClient session = loggedIn();

        assertThat(session.get("/api/v1/me").json().path("role").asText()).isEqualTo("operator");
        assertThat(session.get("/api/v1/audit").status()).isEqualTo(403);
        ApiClient.Answer out = fromAPage(session).delete("/api/v1/session");
        assertThat(out.status()).isEqualTo(204);
        assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
        assertThat(session.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void aSessionEndsAfterTwelveHoursWithoutARequestAndAfterSevenDaysInAnyCase() {
        ApiClient idle = loggedIn();
        clock.advance(Duration.ofHours(12).plusSeconds(1));
        assertThat(idle.get("/api/v1/me").status()).isEqualTo(401);

        ApiClient busy = loggedIn();
        for (int hours = 0; hours < 7 * 24; hours += 8) {
            assertThat(busy.get("/api/v1/me").status()).isEqualTo(200);
            clock.advance(Duration.ofHours(8));
        }
        assertThat(busy.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void aSessionSurvivesARestartUnlessItsTokenIsGoneOrAnother() {
        ApiClient session = loggedIn();
        String cookie = session.get("/api/v1/me")
                .response()
                .request()
                .headers()
                .firstValue("Cookie")
                .orElseThrow();
        server.close();
        server = TestServer.in(directory, UnaryOperator.identity(), clock, TestServer.LAX);
        assertThat(server.anybody().with("Cookie", cookie).get("/api/v1/me").status())
                .isEqualTo(200);

        server.close();
        server = TestServer.in(
                directory,
                settings -> TestServer.settings(
                        "127.0.0.1",
                        "/",
                        java.util.List.of(),
                        java.util.List.of(new dev.replicator.config.AccessToken(
                                "operator", Role.ADMIN, dev.replicator.server.access.Secrets.sha256("another token")))),
                clock,
                TestServer.LAX);
        assertThat(server.anybody().with("Cookie", cookie).get("/api/v1/me").status())
                .isEqualTo(401);
    }

    @Test
    void aSessionChangesNothingForAPageOfAnotherSite() {
        ApiClient session = loggedIn();
        String run = "/api/v1/jobs/media/runs";

        assertThat(session.post(run, "{\"dryRun\":true}").code()).isEqualTo("cross-site");
        assertThat(session.with("X-Replicator-Request", "1").post(run, "{}").code())
                .isEqualTo("cross-site");
        assertThat(session.with("Sec-Fetch-Site", "same-origin").post(run, "{}").code())
                .isEqualTo("cross-site");
        assertThat(session.with("X-Replicator-Request", "1")
                        .with("Origin", "http://evil.example")
                        .post(run, "{}")
                        .code())
                .isEqualTo("cross-site");
        assertThat(session.with("X-Replicator-Request", "1")
                        .with("Origin", origin())
                        .with("Sec-Fetch-Site", "cross-site")
                        .post(run, "{}")
                        .code())
                .isEqualTo("cross-site");
        assertThat(session.with("X-Replicator-Request", "1")
                        .with("Origin", "http://127.0.0.1:1")
                        .post(run, "{}")
                        .code())
                .isEqualTo("cross-site");
        assertThat(session.with("X-Replicator-Request", "1")
                        .with("Origin", "null")
                        .post(run, "{}")
                        .code())
                .isEqualTo("cross-site");
        assertThat(fromAPage(session).post(run, "{\"dryRun\":true}").status()).isEqualTo(202);
    }

    @Test
    void aPageOfAnotherSiteCannotLogItsVisitorIn() {
        assertThat(server.anybody()
                        .with("Origin", "http://evil.example")
                        .post("/api/v1/session", LOGIN)
                        .code())
                .isEqualTo("cross-site");
        assertThat(server.anybody()
                        .with("Content-Type", "text/plain")
                        .send("POST", "/api/v1/session", Optional.of(LOGIN))
                        .code())
                .isEqualTo("unsupported-media-type");
        assertThat(server.anybody()
                        .with("Origin", origin())
                        .post("/api/v1/session", LOGIN)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aWrongTokenLogsNobodyIn() {
        ApiClient.Answer answer = server.anybody().post("/api/v1/session", "{\"token\":\"wrong\"}");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    private String origin() {
        return "http://" + server.root().getAuthority();
    }

    private ApiClient fromAPage(ApiClient session) {
        return session.with("X-Replicator-Request", "1").with("Origin", origin());
    }

    private ApiClient loggedIn() {
        String cookie = server.anybody().post("/api/v1/session", LOGIN).header("Set-Cookie");
        return server.anybody().with("Cookie", cookie.substring(0, cookie.indexOf(';')));
    }
}
