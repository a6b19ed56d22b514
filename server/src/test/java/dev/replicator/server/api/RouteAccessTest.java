package dev.replicator.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.config.Role;
import dev.replicator.server.ApiClient;
import dev.replicator.server.DescribedExchange;
import dev.replicator.server.DescribedExchange.Described;
import dev.replicator.server.TestServer;
import dev.replicator.server.description.ApiDescription;
import dev.replicator.testkit.SettableClock;
import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every route of the API's description, for everybody who may not use it. */
@Timeout(60)
class RouteAccessTest {
    @TempDir
    static Path directory;

    private static final SettableClock CLOCK = new SettableClock();
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.in(directory, UnaryOperator.identity(), CLOCK, TestServer.LAX);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void nobodyIsLetInWithoutATokenOrWithAWrongOneOrAForgedSession() {
        List<ApiClient> strangers = List.of(
                server.anybody(),
                server.anybody().with("Authorization", "Bearer "),
                server.anybody().with("Authorization", "Basic dXNlcjpwYXNz"),
                server.anybody().with("Cookie", "replicator-session=forged-forged-forged-forged-forged-forged-forg"),
                server.anybody()
                        .with("Cookie", "__Host-replicator-session=forged-forged-forged-forged-forged-forged-forg")
                        .with("X-Replicator-Request", "1")
                        .with("Sec-Fetch-Site", "same-origin"));
        List<String> letIn = new ArrayList<>();
        int asked = 0;
        for (Described route : closed()) {
            for (ApiClient stranger : strangers) {
                ApiClient.Answer answer = ask(stranger, route);
                asked++;
                if (answer.status() != 401) {
                    letIn.add(route + " -> " + answer.status());
                }
            }
        }

        assertThat(letIn).isEmpty();
        assertThat(asked).isGreaterThanOrEqualTo(5 * 15);
    }

    @Test
    void whatIsNotThereIsNotToldToStrangersEither() {
        for (String path : List.of("/api/v1/other", "/api/v2/jobs", "/metrics", "/health", "/api", "/x.y")) {
            assertThat(server.anybody().get(path).status()).as(path).isEqualTo(401);
        }
    }

    @Test
    void aLowerRoleThanTheRoutesIsRefused() {
        List<String> wrong = new ArrayList<>();
        int refused = 0;
        for (Described route : closed()) {
            Role least = Role.valueOf(route.role().toUpperCase(Locale.ROOT));
            for (Role role : Role.values()) {
                int status = ask(server.as(role), route).status();
                boolean denied = status == 403 || status == 401;
                if (denied == role.covers(least)) {
                    wrong.add(route + " as " + role + " -> " + status);
                }
                refused += denied ? 1 : 0;
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(refused).isPositive();
    }

    @Test
    void theDescriptionAndTheServerHaveTheSameRoutes() {
        Set<String> missing = new TreeSet<>();
        for (Described route : DescribedExchange.all()) {
            ApiClient.Answer answer = ask(server.as(Role.ADMIN), route);
            boolean noRoute = answer.status() == 405
                    || (answer.status() == 404
                            && answer.json().path("detail").asText().equals("There is no such thing"));
            if (noRoute) {
                missing.add(route.toString());
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void everyRouteOfTheDescriptionSaysWhoMayUseItOrIsHealthOrLoggingIn() {
        Set<String> open = DescribedExchange.all().stream()
                .filter(Described::isOpen)
                .map(Described::toString)
                .collect(Collectors.toSet());

        assertThat(open).containsExactlyInAnyOrder("GET /health/live", "GET /health/ready", "POST /api/v1/session");
        assertThat(closed())
                .allSatisfy(route -> assertThat(Arrays.stream(Role.values()))
                        .as(route.toString())
                        .anyMatch(role -> TestServer.nameOf(role).equals(route.role())));
    }

    @Test
    void aRouteIsNotAddedForOthersThanTheDescriptionSays() {
        assertThatThrownBy(() -> Javalin.create(
                        config -> router(config.routes).post("/api/v1/jobs/{job}/runs", Role.VIEWER, context -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("OPERATOR");
        assertThatThrownBy(() -> Javalin.create(
                        config -> router(config.routes).get("/api/v1/undescribed", Role.VIEWER, context -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("openapi.yaml");
        assertThatThrownBy(() -> Javalin.create(
                        config -> router(config.routes).open(HandlerType.GET, "/api/v1/jobs", context -> {})))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Router router(io.javalin.config.RoutesConfig routes) {
        Changes none = null;
        return new Router(routes, ApiDescription.load(), new RouteGuard((context, least) -> {}, none));
    }

    private static List<Described> closed() {
        return DescribedExchange.all().stream().filter(route -> !route.isOpen()).toList();
    }

    private static ApiClient.Answer ask(ApiClient client, Described route) {
        // Wrong tokens shut this address out for a minute, which is told elsewhere.
        CLOCK.advance(Duration.ofMinutes(2));
        String path = route.path().replaceAll("[{][a-z]+[}]", "nobodys");
        return client.send(route.method(), path, route.method().equals("POST") ? Optional.of("{}") : Optional.empty());
    }
}
