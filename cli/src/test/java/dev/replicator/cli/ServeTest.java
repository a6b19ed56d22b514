package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How {@code serve} starts, and why it does not. */
@Timeout(60)
class ServeTest {
    private static final String ONE_JOB = """
            stores: { dev: { uri: ./dev }, prod: { uri: ./prod } }
            jobs:
              media:
                source: dev
                destination: prod
                schedules: [ { cron: "0 2 * * *", zone: Europe/Vienna }, { every: 90m, action: validate } ]
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void oneJob() throws IOException {
        configured("");
    }

    private void configured(String more) throws IOException {
        Files.writeString(directory.resolve("replicator.yaml"), ONE_JOB + more);
    }

    /** As if SIGTERM came as soon as it serves. */
    private Invocation.Ended served(String... more) {
        List<String> words = new java.util.ArrayList<>(List.of("serve"));
        words.addAll(List.of(more));
        return Invocation.in(directory).terminated().run(words);
    }

    @Test
    void itSaysWhereItListensWhereTheTokenIsAndWhatItWillRun() throws IOException {
        Invocation.Ended ended = served("--listen", "127.0.0.1:0").expect(143);

        Path state = directory.resolve("home/.local/state/replicator");
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .containsPattern("✓ Serving http://127\\.0\\.0\\.1:[1-9]\\d*/ until Ctrl-C or SIGTERM")
                .containsPattern("Dashboard http://127\\.0\\.0\\.1:[1-9]\\d*/ \\(asks for a token\\)")
                .contains("Token     " + state.resolve("server-token") + " (made for this user, role admin)")
                .contains("Job       media: ")
                .contains("sync at '0 2 * * *' Europe/Vienna, validate every 1h30m, next 20")
                .doesNotContain("warn:");
        assertThat(state.resolve("server-token")).exists();
        assertThat(modes(state)).isEqualTo("rwx------");
        assertThat(modes(state.resolve("server.db"))).isEqualTo("rw-------");
        assertThat(modes(state.resolve("server.db.lock"))).isEqualTo("rw-------");
        assertThat(state.resolve("server-address")).doesNotExist();
    }

    private static String modes(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void flagsGoBeforeTheFile() throws IOException {
        configured("server: { listen: '0.0.0.0:1', base-path: /file }\n");

        Invocation.Ended ended = served("--listen", "[::1]:0", "--base-path", "/flag/", "--state", "own");

        if (ended.code() == 1) {
            assertThat(ended.err()).contains("can't listen at [::1]:0"); // a machine without IPv6
            return;
        }
        assertThat(ended.expect(143).err()).containsPattern("http://\\[[0:]*1]:\\d+/flag until");
        assertThat(directory.resolve("own/server-token")).exists();
    }

    @Test
    void configuredTokensAreNamedAndNoneIsMade() throws IOException {
        configured("server:\n  tokens:\n    - { name: ci, role: operator, sha256: " + "ab".repeat(32) + " }\n");

        Invocation.Ended ended = served("--listen", "127.0.0.1:0").expect(143);

        assertThat(ended.err()).contains("Token     ci (operator)").doesNotContain("abab");
        assertThat(directory.resolve("home/.local/state/replicator/server-token"))
                .doesNotExist();
    }

    @Test
    void aTakenPortIsToldWithWhatToDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Invocation.Ended ended =
                    served("--listen", "127.0.0.1:" + taken.getLocalPort()).expect(1);

            assertThat(ended.err())
                    .contains("can't listen at 127.0.0.1:" + taken.getLocalPort())
                    .contains("--listen")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void itOpensToNobodyWithoutAToken() {
        assertThat(served("--listen", "0.0.0.0:0").expect(2).err()).contains("tokens");
        assertThat(directory.resolve("home")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--listen | :80 | names no host",
                "--listen | localhost | is no host with a port",
                "--base-path | x | is no path of a URL",
                "--database | mysql://x | is no jdbc:postgresql",
                "--database | jdbc:postgresql://u:s3cret@h/d | holds a user or a password",
            })
    void aWrongFlagIsRefused(String flag, String value, String message) {
        assertThat(served(flag, value).expect(2).err())
                .contains(flag)
                .contains(message)
                .doesNotContain("s3cret");
    }

    @Test
    void aWrongConfigurationIsToldByLineAndColumn() throws IOException {
        configured("server: { listn: 'x:1' }\nnotifications: { channels: { ops: {} } }\n");

        assertThat(served().expect(2).err())
                .contains("replicator.yaml:7:11: unknown key 'listn' in server; did you mean 'listen'?")
                .contains("replicator.yaml:8:30: notifications.channels.ops: needs exactly one of");
    }

    @Test
    void withoutAJobThereIsNothingToServe() throws IOException {
        Files.delete(directory.resolve("replicator.yaml"));

        assertThat(served().expect(2).err()).contains("no job to serve");
    }

    @Test
    void aHistoryThatIsNoneIsNotOverwritten() throws IOException {
        Path state = Files.createDirectories(directory.resolve("own"));
        Files.writeString(state.resolve("server.db"), "hello, I am a diary. ".repeat(100));

        assertThat(served("--listen", "127.0.0.1:0", "--state", "own").expect(1).err())
                .contains("server.db");
        assertThat(state.resolve("server.db")).content().startsWith("hello, I am a diary");
    }

    @Test
    void theShownConfigurationHidesWhatOpensSomething() throws IOException {
        configured("""
                server:
                  tokens: [ { name: ci, role: operator, sha256: %s } ]
                  database: jdbc:postgresql://db/r
                  database-user: me
                  database-password: s3cret-1
                notifications:
                  channels:
                    ops: { webhook: { url: "https://h.example/s3cret-2", secret: s3cret-3, headers: { authorization: s3cret-4 } } }
                    chat: { slack: { url: "https://h.example/s3cret-5" } }
                    mail: { email: { server: "smtps://m", user: u, password: s3cret-6, from: a@b, to: [c@d] } }
                """.formatted("ab".repeat(32)));

        String shown = Invocation.in(directory).run("config", "show").expect(0).out();
        String json = Invocation.in(directory)
                .run("config", "show", "-o", "json")
                .expect(0)
                .out();

        assertThat(shown)
                .contains(
                        "database-password: '***'", "database-user: me", "name: ci", "cron: 0 2 * * *", "every: 1h30m")
                .contains("server: smtps://m:465");
        assertThat(shown + json).doesNotContain("s3cret").doesNotContain("abab");
    }

    @Test
    void aMadeTokenFitsItsDigest() throws Exception {
        Invocation.Ended one = Invocation.in(directory)
                .run("config", "token", "ci", "--role", "operator")
                .expect(0);
        Invocation.Ended two =
                Invocation.in(directory).run("config", "token", "ci").expect(0);

        String token = one.out().strip();
        String digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        assertThat(token).hasSize(43).isNotEqualTo(two.out().strip());
        assertThat(one.err())
                .contains("- { name: ci, role: operator, sha256: " + digest + " }")
                .doesNotContain(token);
        assertThat(two.err()).contains("role: viewer");
        Invocation.in(directory).run("config", "token", "two words").expect(2);
        Invocation.in(directory).run("config", "token", "ci", "--role", "boss").expect(2);
    }
}
