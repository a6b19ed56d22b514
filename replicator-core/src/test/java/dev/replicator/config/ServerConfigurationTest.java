package dev.replicator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.config.NotificationSettings.Channel;
import dev.replicator.config.NotificationSettings.Event;
import dev.replicator.config.NotificationSettings.Way;
import dev.replicator.config.ScheduleSettings.Action;
import dev.replicator.config.ScheduleSettings.CatchUp;
import dev.replicator.config.ScheduleSettings.Timing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code replicator serve} reads of a file, and nobody else does. */
class ServerConfigurationTest {
    private static final String DIGEST = "5f1d0c0a7b6e4f3d92a8c7e6b5d4f3a2918070605f4e3d2c1b0a99887766554f";

    @TempDir
    Path directory;

    Setup setup;

    @BeforeEach
    void setUp() {
        setup = new Setup(directory);
    }

    @Test
    void aServerWithEveryKey() {
        setup.with("DB_PASSWORD", "s3cret");

        ServerSettings server = setup.load(
                        """
                server:
                  listen: "[::1]:9090"
                  base-path: /ops/replicator/
                  hosts: [Replicator.Acme.Example, "[::2]"]
                  trusted-proxies: [10.0.0.0/24, 192.0.2.7, "fd00::/8"]
                  public-url: https://Ops.Acme.Example/ops/replicator
                  tokens:
                    - { name: ci, role: operator, sha256: %s }
                    - { name: me@acme, sha256: %s }
                  database: jdbc:postgresql://db/replicator
                  database-user: replicator
                  database-password: ${env:DB_PASSWORD}
                  keep-runs: 30d
                  max-runs: 100
                  title: Acme media
                """.formatted(DIGEST.toUpperCase(java.util.Locale.ROOT), DIGEST.replace('5', '6')))
                .server();

        assertThat(server)
                .isEqualTo(new ServerSettings(
                        "::1",
                        9090,
                        "/ops/replicator",
                        List.of("replicator.acme.example", "[::2]", "ops.acme.example"),
                        List.of(Network.parse("10.0.0.0/24"), Network.parse("192.0.2.7/32"), Network.parse("fd00::/8")),
                        List.of(
                                new AccessToken("ci", Role.OPERATOR, DIGEST),
                                new AccessToken("me@acme", Role.VIEWER, DIGEST.replace('5', '6'))),
                        Optional.of("jdbc:postgresql://db/replicator"),
                        "replicator",
                        "s3cret",
                        Duration.ofDays(30),
                        100,
                        "Acme media",
                        Optional.of(URI.create("https://Ops.Acme.Example/ops/replicator/"))));
        assertThat(server.toString()).doesNotContain("s3cret").doesNotContain(DIGEST);
    }

    @Test
    void withoutASectionTheDefaultsHold() {
        Configuration configuration = setup.load(Setup.withJob(""));

        assertThat(configuration.server()).isEqualTo(ServerSettings.DEFAULT);
        assertThat(configuration.notifications()).isEqualTo(NotificationSettings.DEFAULT);
        assertThat(configuration.jobs().get("j").schedules()).isEmpty();
    }

    @Test
    void channelsOfEveryKind() {
        NotificationSettings read = setup.load(Setup.withJob("") + """
                notifications:
                  silence: 26h
                  private-addresses: true
                  channels:
                    ops: { webhook: { url: https://h.example/x, secret: k, headers: { Authorization: "Bearer x" } }, on: [succeeded], jobs: [j] }
                    chat: { slack: { url: https://s.example/services/T0 } }
                    mail: { email: { server: "smtps://m.example", user: u, password: p, from: a@b.example, to: [c@d.example] } }
                """).notifications();

        Set<Event> byDefault = EnumSet.complementOf(EnumSet.of(Event.SUCCEEDED));
        assertThat(read)
                .isEqualTo(new NotificationSettings(
                        List.of(
                                new Channel(
                                        "ops",
                                        new Way.Webhook(
                                                URI.create("https://h.example/x"),
                                                "k",
                                                Map.of("authorization", "Bearer x")),
                                        Set.of(Event.SUCCEEDED),
                                        Set.of("j")),
                                new Channel(
                                        "chat",
                                        new Way.Slack(URI.create("https://s.example/services/T0")),
                                        byDefault,
                                        Set.of()),
                                new Channel(
                                        "mail",
                                        new Way.Email(
                                                URI.create("smtps://m.example:465"),
                                                "u",
                                                "p",
                                                "a@b.example",
                                                List.of("c@d.example")),
                                        byDefault,
                                        Set.of())),
                        Duration.ofHours(26),
                        true));
    }

    @Test
    void schedulesOfBothKinds() {
        assertThat(setup.job("""
                        schedules:
                          - { cron: "0  2 * * MON-FRI", zone: Europe/Vienna, jitter: 5m }
                          - { cron: "*/15,7 8-18/2 1 jan 0,7" }
                          - { every: 15m, action: validate, catch-up: skip }
                        """).schedules())
                .containsExactly(
                        new ScheduleSettings(
                                new Timing.Cron("0 2 * * MON-FRI", ZoneId.of("Europe/Vienna")),
                                Action.SYNC,
                                Duration.ofMinutes(5),
                                CatchUp.ONE),
                        new ScheduleSettings(
                                new Timing.Cron("*/15,7 8-18/2 1 jan 0,7", ZoneOffset.UTC),
                                Action.SYNC,
                                Duration.ZERO,
                                CatchUp.ONE),
                        new ScheduleSettings(
                                new Timing.Every(Duration.ofMinutes(15)),
                                Action.VALIDATE,
                                Duration.ZERO,
                                CatchUp.SKIP));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "server: { lisen: 'x:1' } | 8:11 | unknown key 'lisen' in server; did you mean 'listen'?",
                "server: { token: abc } | 8:11 | unknown key 'token' in server; a token itself is never written here",
                "server: { password: abc } | 8:11 | unknown key 'password' in server",
                "server: { listen: ':8080' } | 8:11 | server.listen: ':8080' names no host; write 127.0.0.1:PORT",
                "server: { listen: 8080 } | 8:11 | server.listen: '8080' names no host",
                "server: { listen: '*:8080' } | 8:11 | server.listen: '*:8080' names no host",
                "server: { listen: '::1:8080' } | 8:11 | server.listen: '::1:8080' is no host with a port; an address of IPv6 stands in brackets",
                "server: { listen: 'localhost' } | 8:11 | server.listen: 'localhost' is no host with a port",
                "server: { listen: 'localhost:65536' } | 8:11 | server.listen: 'localhost:65536' has a port above 65535",
                "server: { base-path: replicator } | 8:11 | server.base-path: 'replicator' is no path of a URL",
                "server: { base-path: /a/../b } | 8:11 | server.base-path: '/a/../b' is no path of a URL",
                "server: { hosts: 'a' } | 8:11 | server.hosts is a single value; expected a list",
                "server: { hosts: ['https://a'] } | 8:19 | server.hosts: 'https://a' is no host's name",
                "server: { trusted-proxies: proxy } | 8:11 | server.trusted-proxies is a single value; expected a list",
                "server: { trusted-proxies: ['proxy.acme.example'] } | 8:29 | server.trusted-proxies: 'proxy.acme.example' is no address and no network",
                "server: { trusted-proxies: [10.0.0.0/33] } | 8:29 | server.trusted-proxies: '10.0.0.0/33' is no address and no network",
                "server: { trusted-proxies: [10.0.0.7/24] } | 8:29 | server.trusted-proxies: '10.0.0.7/24' has bits beyond its first 24",
                "server: { trusted-proxies: [10.0.0.1, '::/0'] } | 8:39 | server.trusted-proxies: '::/0' is everybody",
                "server: { public-url: 'ops.acme.example' } | 8:11 | server.public-url: is no https:// or http:// URL",
                "server: { public-url: 'https://u:p@h/' } | 8:11 | server.public-url: is no https:// or http:// URL of a host and a path alone",
                "server: { public-url: 'https://h/#/runs' } | 8:11 | server.public-url: is no https:// or http:// URL of a host and a path alone",
                "server: { tokens: [ { name: a } ] } | 8:21 | server.tokens[0] needs 'sha256'",
                "server: { tokens: [ { sha256: aa, name: a } ] } | 8:23 | server.tokens[0].sha256: is no SHA-256",
                "server: { tokens: [ { name: 'a b', sha256: 5f1d0c0a7b6e4f3d92a8c7e6b5d4f3a2918070605f4e3d2c1b0a99887766554f } ] } | 8:23 | server.tokens[0].name: 'a b' is no name of a token",
                "server: { tokens: [ { name: a, role: boss, sha256: 5f1d0c0a7b6e4f3d92a8c7e6b5d4f3a2918070605f4e3d2c1b0a99887766554f } ] } | 8:32 | server.tokens[0].role: 'boss' is none of viewer, operator, approver, admin",
                "server: { tokens: [ { name: a, secret: x, sha256: 5f1d0c0a7b6e4f3d92a8c7e6b5d4f3a2918070605f4e3d2c1b0a99887766554f } ] } | 8:32 | unknown key 'secret' in server.tokens[0]",
                "server: { database: mysql } | 8:11 | server.database: is no jdbc:postgresql:… or jdbc:sqlite:… URL",
                "server: { database: 'jdbc:postgresql://u:p@h/d' } | 8:11 | server.database: holds a user or a password",
                "server: { database: 'jdbc:postgresql://h/d?password=p' } | 8:11 | server.database: holds a user or a password",
                "server: { database: 'jdbc:postgresql://h/d?ssl=true&sslpassword=p' } | 8:11 | server.database: holds a user or a password",
                "server: { database-password: p } | 8:11 | server.database-password: goes with a database jdbc:postgresql:… only",
                "server: { database-user: u } | 8:11 | server.database-user: goes with a database jdbc:postgresql:… only",
                "server: { keep-runs: 5 } | 8:11 | server.keep-runs: '5' is not a duration",
                "server: { max-runs: 0 } | 8:11 | server.max-runs: '0' is not between 1 and 1000000",
                "server: { title: ' ' } | 8:11 | server.title: ' ' must have 1 to 100 characters",
                "notifications: { silence: never } | 8:18 | notifications.silence: 'never' is not a duration",
                "notifications: { private-addresses: on } | 8:18 | notifications.private-addresses: 'on' is neither true nor false",
                "notifications: { channels: { c: {} } } | 8:30 | notifications.channels.c: needs exactly one of webhook, slack and email",
                "notifications: { channels: { c: { slack: { url: 'https://s' }, webhook: { url: 'https://h' } } } } | 8:30 | notifications.channels.c: needs exactly one of",
                "notifications: { channels: { c: { webhook: } } } | 8:35 | notifications.channels.c.webhook needs 'url'",
                "notifications: { channels: { c: { webhook: { url: 'ftp://h' } } } } | 8:46 | notifications.channels.c.webhook.url: is no https:// or http:// URL",
                "notifications: { channels: { c: { webhook: { url: 'https://u:p@h' } } } } | 8:46 | notifications.channels.c.webhook.url: is no https:// or http:// URL with a host and without user",
                "notifications: { channels: { c: { webhook: { url: 'https://h', headers: { Host: x } } } } } | 8:75 | notifications.channels.c.webhook.headers: 'Host' is set by Replicator itself",
                "notifications: { channels: { c: { slack: { url: 'https://h', secret: x } } } } | 8:62 | unknown key 'secret' in notifications.channels.c.slack",
                "notifications: { channels: { c: { slack: { url: 'https://h' }, on: [success] } } } | 8:69 | notifications.channels.c.on: 'success' is none of succeeded, failed",
                "notifications: { channels: { c: { slack: { url: 'https://h' }, jobs: [k] } } } | 8:64 | notifications.channels.c.jobs: there is no job 'k'",
                "notifications: { channels: { c: { email: { server: mail, from: a@b, to: [c@d] } } } } | 8:44 | notifications.channels.c.email.server: is no smtp+starttls://host:port",
                "notifications: { channels: { c: { email: { server: 'smtp://m', from: ab, to: [c@d] } } } } | 8:64 | notifications.channels.c.email.from: 'ab' is no address",
                "notifications: { channels: { c: { email: { server: 'smtp://m', from: a@b } } } } | 8:35 | notifications.channels.c.email: needs 'to' with at least one receiver",
                "notifications: { channels: { c: { email: { server: 'smtp://m', from: a@b, to: [c], user: u } } } } | 8:80 | notifications.channels.c.email.to: 'c' is no address",
                "notifications: { channels: { c: { email: { server: 'smtp://m', from: a@b, to: [c@d], password: p } } } } | 8:86 | notifications.channels.c.email.password: goes with a user only",
            })
    void aWrongValueIsToldAtItsKey(String section, String position, String message) {
        List<String> problems = setup.problems(Setup.withJob("") + section + "\n");

        assertThat(problems).hasSize(1).first().asString().startsWith("replicator.yaml:" + position + ": " + message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{} | 8:18 | jobs.j.schedules[0]: needs exactly one of cron and every",
                "{ cron: '0 2 * * *', every: 1h } | 8:18 | jobs.j.schedules[0]: needs exactly one of cron and every",
                "{ cron: '@daily' } | 8:20 | jobs.j.schedules[0].cron: '@daily' is a name; write its five fields",
                "{ cron: '0 0 2 * * *' } | 8:20 | jobs.j.schedules[0].cron: '0 0 2 * * *' has 6 fields; expected are five: minute, hour",
                "{ cron: '60 2 * * *' } | 8:20 | jobs.j.schedules[0].cron: '60 2 * * *' has no minute that can be: it is *, a number from 0 to 59",
                "{ cron: '0 24 * * *' } | 8:20 | jobs.j.schedules[0].cron: '0 24 * * *' has no hour that can be",
                "{ cron: '0 2 0 * *' } | 8:20 | jobs.j.schedules[0].cron: '0 2 0 * *' has no day of the month that can be",
                "{ cron: '0 2 * foo *' } | 8:20 | jobs.j.schedules[0].cron: '0 2 * foo *' has no month that can be",
                "{ cron: '0 2 * * 8' } | 8:20 | jobs.j.schedules[0].cron: '0 2 * * 8' has no day of the week that can be",
                "{ cron: '0 5-2 * * *' } | 8:20 | jobs.j.schedules[0].cron: '0 5-2 * * *' has no hour that can be",
                "{ cron: '*/0 2 * * *' } | 8:20 | jobs.j.schedules[0].cron: '*/0 2 * * *' has no minute that can be",
                "{ cron: '0 2 * * *', zone: Vienna } | 8:39 | jobs.j.schedules[0].zone: 'Vienna' is no time zone",
                "{ every: 15m, zone: UTC } | 8:32 | jobs.j.schedules[0].zone: goes with cron only",
                "{ every: 1ms } | 8:20 | jobs.j.schedules[0].every: '1ms' is too short; 1s is the least",
                "{ every: 15m, action: copy } | 8:32 | jobs.j.schedules[0].action: 'copy' is none of sync, plan, validate, drift",
                "{ every: 15m, jitter: 15m } | 8:32 | jobs.j.schedules[0].jitter: must be shorter than every",
                "{ every: 15m, jitter: some } | 8:32 | jobs.j.schedules[0].jitter: 'some' is not a duration",
                "{ every: 15m, catch-up: all } | 8:32 | jobs.j.schedules[0].catch-up: 'all' is none of skip, one",
                "{ every: 15m, at: 2 } | 8:32 | unknown key 'at' in jobs.j.schedules[0]",
            })
    void aWrongScheduleIsToldAtItsKey(String schedule, String position, String message) {
        List<String> problems = setup.problems(Setup.withJob("schedules: [ " + schedule + " ]"));

        assertThat(problems).hasSize(1).first().asString().startsWith("replicator.yaml:" + position + ": " + message);
    }

    @Test
    void twoTokensAreTwo() {
        assertThat(setup.problems("""
                server:
                  tokens:
                    - { name: a, sha256: %1$s }
                    - { name: a, sha256: %2$s }
                    - { name: b, sha256: %1$s }
                """.formatted(DIGEST, DIGEST.replace('5', '6'))))
                .containsExactly(
                        "replicator.yaml:4:9: server.tokens[1].name: another token has this name",
                        "replicator.yaml:5:18: server.tokens[2].sha256: another token has this digest");
    }

    @Test
    void whoServesNothingNeedsNothingOfTheServers() {
        setup.write("replicator.yaml", Setup.withJob("schedules: [ { cron: '${env:UNSET}' } ]") + """
                server: { listen: nowhere, database-password: "${env:UNSET}" }
                notifications: { channels: { c: { webhook: { url: "${file:/run/secrets/unset}" } } } }
                """);
        setup.with("REPLICATOR_LISTEN", "nowhere");

        assertThat(setup.loader().loadJobs(Optional.empty()).jobs()).containsOnlyKeys("j");
        assertThat(setup.loader().loadForgiving(Optional.empty()).warnings()).isEmpty();
        assertThatThrownBy(() -> setup.loader().load(Optional.empty()))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.problems()).hasSize(4));
    }

    @Test
    void anApplicationsPropertiesMayNameThem() {
        Configuration configuration = setup.loader()
                .readForgiving(
                        Map.of(
                                "jobs", Map.of("j", Map.of("source", "s3://a", "destination", "s3://b")),
                                "server", Map.of("listen", "0.0.0.0:80"),
                                "notifications", Map.of("channels", Map.of("c", "what"))),
                        "properties");

        assertThat(configuration.server()).isEqualTo(ServerSettings.DEFAULT);
        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void overridesAndWarningsKeepEverything() {
        setup.with("REPLICATOR_MIN_INTERVAL", "5m").with("DEV_STORAGE_BUCKET", "x");

        Configuration configuration = setup.load(Setup.withJob("schedules: [ { every: 1h } ]") + """
                server: { title: Acme }
                notifications: { silence: 1h }
                """);

        assertThat(configuration.warnings()).hasSize(1);
        assertThat(configuration.withoutWarnings().server().title()).isEqualTo("Acme");
        assertThat(configuration.withoutWarnings().notifications().silence()).isEqualTo(Duration.ofHours(1));
        assertThat(configuration.jobs().get("j").schedules()).hasSize(1);
        assertThat(configuration.jobs().get("j").hook().minInterval()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void theEnvironmentSaysWhereToListen() {
        setup.with("REPLICATOR_LISTEN", "[::1]:0");

        ServerSettings server = setup.load(Setup.withJob("") + "server: { listen: '0.0.0.0:80' }\n")
                .server();

        assertThat(server.listen()).isEqualTo(new ListenAddress("::1", 0)).hasToString("[::1]:0");
        setup.with("REPLICATOR_LISTEN", "8080");
        assertThatThrownBy(setup::load)
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .asString()
                                .startsWith("REPLICATOR_LISTEN: its value names no host"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "localhost:0", "[::1]:65535", "db-1.acme.example:1"})
    void whereToListenReadsAsItIsWritten(String text) {
        assertThat(ListenAddress.parse(text)).hasToString(text);
    }
}
