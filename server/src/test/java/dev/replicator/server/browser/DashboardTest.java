package dev.replicator.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.report.Remedies;
import dev.replicator.server.Relay;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What somebody does with the dashboard, against the real server over directories. */
@Tag("long")
@Tag("browser")
@Timeout(120)
class DashboardTest {
    private static final String[] HOSTILE = {
        "<img src=x onerror=ran('img')>.txt",
        "\"onmouseover=ran('quote')'.txt",
        "invoice\u202Efdp.exe",
        "trailing space ",
        "two  spaces/\uD83D\uDC69\u200D\uD83D\uDE80 emoji.png",
        "zero\u200Bwidth.txt",
        "line\nbreak\tand tab.txt",
        "javascript:ran('link')",
        String.join("/", java.util.Collections.nCopies(7, "n".repeat(145))) + ".bin",
    };

    @TempDir
    static Path directory;

    private static Browser browser;
    private static DashboardServer server;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start();
        DashboardServer.fill(directory.resolve("hostile-dev"), HOSTILE);
        DashboardServer.fill(directory.resolve("keys-dev"), "a", "b");
        DashboardServer.fill(directory.resolve("clash-dev"), "fine", "clash");
        DashboardServer.fill(directory.resolve("clash-prod"), "clash/inside");
        DashboardServer.fill(directory.resolve("same-dev"), "a", "b");
        DashboardServer.fill(directory.resolve("same-prod"), "a", "b");
        for (String job : new String[] {"slow", "stopped", "dropped"}) {
            DashboardServer.fill(
                    directory.resolve(job + "-dev"),
                    IntStream.range(0, 60)
                            .mapToObj(i -> "images/%03d.jpg".formatted(i))
                            .toArray(String[]::new));
        }
        DashboardServer.fill(directory.resolve("broken-dev"), "a");
        Files.writeString(directory.resolve("wall"), "a file where a directory should be");
        Files.writeString(directory.resolve("replicator.yaml"), """
                version: 1
                jobs:
                  hostile: { source: "./hostile-dev", destination: "./hostile-prod" }
                  keys: { source: "./keys-dev", destination: "./keys-prod" }
                  same: { source: "./same-dev", destination: "./same-prod", compare: size-only }
                  timed: { source: "./same-dev", destination: "./same-prod", schedules: [ { every: 24h } ] }
                  clash: { source: "./clash-dev", destination: "./clash-prod" }
                  slow: { source: "./slow-dev", destination: "./slow-prod", transfer: { requests-per-second: 20 } }
                  stopped: { source: "./stopped-dev", destination: "./stopped-prod", transfer: { requests-per-second: 20 } }
                  dropped: { source: "./dropped-dev", destination: "./dropped-prod", transfer: { requests-per-second: 15 } }
                  broken: { source: "./broken-dev", destination: "./wall/prod" }
                """);
        server = DashboardServer.start(directory, "/");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void signIn() {
        browser.size(1280, 900);
        browser.theme("light");
        signIn(server.uri());
    }

    @AfterEach
    void nothingWasForbiddenOrRan() {
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.ran()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aTokenThatIsUnknownIsRefusedAndAKnownOneLetsIn() {
        browser.forgetCookies();
        browser.open(server.uri());

        browser.type("input[name=token]", "not-a-token-of-anybody" + Keys.ENTER);
        browser.sees("That token is not known here.");
        browser.type("input[name=token]", DashboardServer.ADMIN + Keys.ENTER);

        browser.sees("grace");
        assertThat(browser.script("return JSON.stringify(localStorage) + document.cookie + location.href")
                        .toString())
                .doesNotContain(DashboardServer.ADMIN);
    }

    @Test
    void aViewerReadsWhyTheButtonsRest() {
        browser.forgetCookies();
        browser.open(server.uri());
        browser.type("input[name=token]", DashboardServer.VIEWER + Keys.ENTER);

        browser.sees("This takes the role operator; yours is viewer.");

        assertThat(browser.awaits(".card-foot button").isEnabled()).isFalse();
    }

    @Test
    void whoSignsOutIsOut() {
        browser.go("#/settings");
        browser.click("Sign out");
        browser.sees("Sign in");

        browser.open(server.uri().resolve("#/runs"));

        browser.awaits("input[name=token]");
    }

    @Test
    void aDryRunIsAskedForByKeyboardAloneAndWritesNothing() {
        browser.go("#/jobs/keys");
        browser.awaits(".deeds button.primary");

        browser.tabTo(".deeds button.primary");
        browser.press(Keys.ENTER);
        browser.awaits("dialog[open]");
        browser.tabTo("dialog input[name=reason]");
        browser.press("looking first");
        browser.tabTo("dialog button[type=submit]");
        browser.press(Keys.ENTER);

        browser.sees("Would copy 2");
        browser.sees("looking first");
        assertThat(browser.script("return document.activeElement.tagName")).isEqualTo("H1");
        assertThat(directory.resolve("keys-prod")).doesNotExist();
    }

    @Test
    void escapeClosesADialogAndGivesTheFocusBack() {
        browser.go("#/jobs/keys");
        browser.awaits(".deeds button.primary");
        browser.tabTo(".deeds button.primary");
        browser.press(Keys.ENTER);
        browser.awaits("dialog[open]");

        browser.press(Keys.ESCAPE);

        Awaitility.await().until(() -> browser.find("dialog").isEmpty());
        assertThat(browser.script("return document.activeElement.textContent")).isEqualTo("Run…");
    }

    @Test
    void aSyncIsWatchedLiveAndItsEndIsSaid() {
        sync("slow");

        browser.awaits("progress[value]");
        browser.sees("of 60 changes done");
        browser.screenshot("run-live-light");
        browser.sees("Succeeded");

        browser.sees("Copied 60");
        assertThat(browser.find("progress")).isEmpty();
        assertThat(browser.script("return document.querySelector('[role=status]').textContent")
                        .toString())
                .contains("Sync of slow: Succeeded");
        assertThat(directory.resolve("slow-prod/images/059.jpg")).exists();
    }

    @Test
    void aRunThatIsCancelledStopsAndKeepsWhatIsDone() {
        sync("stopped");
        browser.sees("changes done");

        browser.click("Cancel…");
        browser.sees("Objects in flight finish");
        browser.click("Cancel the run");

        browser.sees("Cancelled");
        browser.sees("Run again…");
        assertThat(directory.resolve("stopped-prod/images/059.jpg")).doesNotExist();
    }

    @Test
    void aStreamThatDropsIsTakenUpAgain() throws Exception {
        try (Relay relay = Relay.to(server.uri().getPort())) {
            signIn(URI.create("http://127.0.0.1:" + relay.port() + server.uri().getPath()));
            browser.sees("Live");
            sync("dropped");
            browser.sees("changes done");

            relay.cut();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> browser.text().contains("Reconnecting…")
                            || browser.text().contains("Every 5 s"));
            relay.mend();

            browser.sees("Live");
            browser.sees("Copied 60");
            assertThat(browser.text()).contains("Succeeded");
        }
    }

    @Test
    void aBrokenDestinationSaysWhyAndWhatToDo() {
        sync("broken");

        browser.sees("Failed");
        browser.sees("wall");
        browser.screenshot("run-failed-light");
        browser.go("#/");

        browser.sees("Needs attention");
        browser.sees("See why");
    }

    @Test
    void whatWasNotAchievedIsGroupedWithARemedy() {
        sync("clash");
        browser.sees("Not achieved");

        assertThat(browser.awaits(".trouble").getText())
                .contains("clash", Remedies.title("SKIPPED", "UNSAFE_KEY"), Remedies.of("SKIPPED", "UNSAFE_KEY"));
        browser.click("Failed");

        Awaitility.await()
                .until(() -> browser.script("return location.hash").toString().contains("outcome=FAILED"));
    }

    @Test
    void aValidationSaysThatBothSidesAreTheSameAndPausesNoScheduleThatIsNot() {
        browser.go("#/jobs/same");
        browser.sees("Run…");
        assertThat(browser.text()).doesNotContain("Pause schedules");

        browser.click("Validate now");
        browser.awaits("dialog[open]");
        browser.click("Start validation");

        browser.sees("Both sides are the same");
        browser.sees("2 objects match");
        assertThat(browser.text()).doesNotContain("Nothing was changed");
        browser.go("#/jobs/timed");
        browser.sees("Pause schedules");
    }

    @Test
    void hostileKeysAreTextInEveryScreenThatShowsThem() {
        sync("hostile");
        browser.sees("Copied " + HOSTILE.length);
        browser.awaits("table .key");
        String shown = browser.text();

        assertThat(shown).contains("<img src=x onerror=ran('img')>.txt", "\"onmouseover=ran('quote')'.txt");
        assertThat(shown).contains("trailing space␣");
        assertThat(shown).doesNotContain("\u202E", "\u200Bwidth");
        assertThat(browser.all("main img")).isEmpty();
        assertThat(browser.isTooWide()).isFalse();
        browser.size(320, 900);
        assertThat(browser.isTooWide()).isFalse();
    }

    @Test
    void itWorksUnderAContextPath(@TempDir Path other) throws IOException {
        DashboardServer.fill(other.resolve("dev"), "a");
        Files.writeString(other.resolve("replicator.yaml"), """
                version: 1
                jobs:
                  media: { source: "./dev", destination: "./prod" }
                """);
        try (DashboardServer below = DashboardServer.start(other, "/tools/replicator")) {
            signIn(below.uri());

            browser.sees("media");
            browser.sees("Live");
            browser.go("#/jobs/media");
            browser.click("Run…");
            browser.click("Start dry run");

            browser.sees("Would copy 1");
        }
    }

    private static void signIn(URI dashboard) {
        browser.forgetCookies();
        browser.open(dashboard);
        browser.type("input[name=token]", DashboardServer.ADMIN + Keys.ENTER);
        browser.sees("grace");
    }

    /** Starts a sync of a job and is on its screen when this returns. */
    private static void sync(String job) {
        browser.go("#/jobs/" + job);
        browser.click("Run…");
        browser.awaits("dialog[open]");
        browser.click("Dry run");
        browser.click("Start sync");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> browser.script("return location.hash").toString().startsWith("#/runs/"));
    }
}
