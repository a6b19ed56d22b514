package dev.replicator.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What the dashboard shows of a run whose server was killed, at the server that comes after it. */
@Tag("browser")
@Timeout(120)
class KilledServerScreenTest {
    private static final String WHY = "the server went away while it ran";

    @TempDir
    static Path directory;

    private static Browser browser;

    /** A server in a process of its own; says where it listens. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            DashboardServer server = DashboardServer.start(Path.of(arguments[0]), "/");
            System.out.println(server.uri());
            Thread.currentThread().join();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start();
        DashboardServer.fill(
                directory.resolve("dev"),
                IntStream.range(0, 200).mapToObj(i -> "images/" + i).toArray(String[]::new));
        Files.writeString(directory.resolve("replicator.yaml"), """
                version: 1
                jobs:
                  media: { source: "./dev", destination: "./prod", transfer: { requests-per-second: 10 } }
                """);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void itIsInterruptedAndSaysWhyAndWhatToDo() throws Exception {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String run;
        try {
            run = startedIn(child);
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }

        try (DashboardServer next = DashboardServer.start(directory, "/")) {
            signIn(next.uri());

            browser.sees(WHY);
            browser.sees("Interrupted");
            browser.sees("See why");
            browser.go("#/runs");
            browser.sees("Interrupted");
            browser.go(run);
            browser.sees(WHY);
            browser.sees("Run it again: it goes on from what is there.");
            browser.sees("Run again…");
        }
    }

    /** Starts a sync there; gives the address of its screen once it copies. */
    private static String startedIn(Process child) throws IOException {
        BufferedReader said = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
        signIn(URI.create(said.readLine()));
        browser.go("#/jobs/media");
        browser.click("Run…");
        browser.awaits("dialog[open]");
        browser.click("Dry run");
        browser.click("Start sync");
        browser.sees("changes done");
        return browser.script("return location.hash").toString();
    }

    private static void signIn(URI dashboard) {
        browser.forgetCookies();
        browser.open(dashboard);
        browser.type("input[name=token]", DashboardServer.ADMIN + Keys.ENTER);
        browser.sees("grace");
    }
}
