package dev.replicator.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.server.notify.send.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

/** Plans, findings and notifications from end to end in the dashboard, as the real server tells of them. */
@Tag("long")
@Tag("browser")
@Timeout(120)
class DecisionsTest {
    @TempDir
    static Path directory;

    private static Browser browser;
    private static DashboardServer server;
    private static Listener told;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start();
        told = new Listener();
        DashboardServer.fill(
                directory.resolve("mirror-dev"),
                Stream.concat(Stream.of("index.html"), IntStream.range(0, 40).mapToObj("images/%03d.jpg"::formatted))
                        .toArray(String[]::new));
        DashboardServer.fill(directory.resolve("mirror-prod"), "old/report.csv", "old/table.csv", "gone.txt");
        DashboardServer.fill(directory.resolve("refused-dev"), "a");
        DashboardServer.fill(directory.resolve("differs-dev"), "img/a.png", "img/deep/b.png", "top.txt", "same");
        DashboardServer.fill(directory.resolve("differs-prod"), "img/extra.png", "same");
        DashboardServer.fill(directory.resolve("drifts-dev"), "img/a.png", "robots.txt");
        Files.writeString(directory.resolve("replicator.yaml"), """
            version: 1
            jobs:
              mirror:
                source: "./mirror-dev"
                destination: "./mirror-prod"
                delete: { mode: mirror, max-percent: 100 }
                transfer: { requests-per-second: 10 }
              refused: { source: "./refused-dev", destination: "./refused-prod" }
              differs: { source: "./differs-dev", destination: "./differs-prod" }
              drifts: { source: "./drifts-dev", destination: "./drifts-prod" }
            notifications:
              private-addresses: true
              channels:
                ops:
                  webhook: { url: "%s", secret: "a-secret-of-the-tests" }
                  on: [approval-requested, drift]
                lost:
                  webhook: { url: "%s" }
                  on: [silent]
                  jobs: [mirror]
            """.formatted(told.at("/hook"), told.at("/lost")));
        server = DashboardServer.start(directory, "/");
    }

    @AfterAll
    static void stop() {
        Stream.of(server, browser, told).filter(one -> one != null).forEach(DecisionsTest::close);
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void signIn() {
        browser.size(1280, 900);
        browser.theme("light");
        browser.forgetCookies();
        browser.open(server.uri());
        browser.type("input[name=token]", DashboardServer.ADMIN + Keys.ENTER);
        browser.sees("grace");
    }

    @AfterEach
    void nothingWasForbidden() {
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aPlanWithDeletesIsReviewedApprovedAppliedAndItsRunIsWatchedToTheEnd() {
        run("mirror", "Plan", "Make plan");
        browser.sees("Would delete 3, copy 41");
        browser.go("#/");
        browser.sees("Needs approval");
        browser.click("Review the plan");

        browser.sees("Deletes 3 of at most");
        browser.sees("old/report.csv");
        assertThat(browser.all("tr.deletes")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(browser.text().indexOf("old/report.csv"))
                .isLessThan(browser.text().indexOf("images/000.jpg"));
        browser.click("Approve…");
        browser.type("dialog textarea[name=comment]", "checked with Ada");
        browser.click("Approve");
        browser.sees("approved by grace");
        browser.sees("checked with Ada");
        assertThat(directory.resolve("mirror-prod/gone.txt")).exists();

        browser.click("Apply this plan");
        browser.awaits("progress[value]");
        browser.sees("of 44 changes done");
        browser.sees("Deleted 3, copied 41");
        assertThat(browser.text()).contains("Apply of mirror", "Succeeded");
        assertThat(browser.find("progress")).isEmpty();
        browser.screenshot("apply-real");
        assertThat(directory.resolve("mirror-prod/gone.txt")).doesNotExist();
        assertThat(directory.resolve("mirror-prod/images/039.jpg")).exists();

        browser.go("#/runs");
        browser.sees("Apply");
        browser.go("#/");
        browser.sees("In step");
        assertThat(browser.text()).doesNotContain("Review the plan");
    }

    @Test
    void aPlanThatIsRejectedSaysWhyAndCanNoLongerBeApplied() {
        run("refused", "Plan", "Make plan");
        browser.sees("Would copy 1");
        browser.click("See the plan");
        browser.sees("This job never deletes.");

        browser.click("Reject…");
        browser.type("dialog textarea[name=comment]", "not on a Friday");
        browser.click("Reject");

        browser.sees("rejected by grace");
        browser.sees("not on a Friday");
        assertThat(browser.text()).doesNotContain("Apply this plan");
        assertThat(directory.resolve("refused-prod")).doesNotExist();
    }

    @Test
    void aValidationLeadsIntoTheTreeOfWhatDiffers() {
        run("differs", "Validate", "Start validation");
        browser.sees("3 missing; 1 extra");
        browser.click("See differences");

        browser.sees("Differences of differs");
        browser.sees("1 extra, 2 missing");
        browser.sees("top.txt");
        browser.screenshot("validation-real");
        browser.click("img/");
        browser.sees("extra.png");
        assertThat(browser.text()).doesNotContain("top.txt");
        browser.click("Extra");
        Awaitility.await().until(() -> !browser.text().contains("deep/"));
        assertThat(browser.text()).contains("extra.png");
        browser.click("All keys");
        browser.sees("1 extra");
        browser.click("Unreadable");
        browser.sees("Both sides are the same here");
    }

    @Test
    void driftIsFoundToldAndShownByPrefix() throws IOException {
        run("drifts", "Sync", "Start");
        browser.sees("Copied 2");
        Files.writeString(directory.resolve("drifts-prod/img/a.png"), "by hand, and longer than before");
        Files.delete(directory.resolve("drifts-prod/robots.txt"));
        Files.writeString(directory.resolve("drifts-prod/img/new.png"), "by hand");

        run("drifts", "Drift check", "Start drift check");
        browser.sees("1 edited");
        browser.click("See what changed");

        browser.sees("Drift of drifts");
        browser.sees("robots.txt");
        browser.sees("1 edited");
        browser.click("img/");
        browser.sees("new.png");
        assertThat(browser.text()).contains("Edited", "Added").doesNotContain("robots.txt");
        browser.go("#/");
        browser.sees("See what changed");
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(told.heard()).anyMatch(heard -> heard.body().contains("drifts")));
    }

    @Test
    void aTestShowsWhetherAChannelIsHeard() {
        browser.go("#/notifications");
        browser.sees("ops");
        browser.sees("lost");
        browser.sees("none yet");
        assertThat(browser.text()).doesNotContain("127.0.0.1", "a-secret-of-the-tests");

        browser.click("Send test to ops");
        browser.sees("Delivered");
        browser.sees("Test, answered 200");
        told.answers(404);
        browser.click("Send test to lost");
        browser.sees("answered 404");
        browser.sees("Given up");
        told.answers(200);
        browser.screenshot("notifications-real");

        assertThat(told.heard()).anyMatch(heard -> heard.path().equals("/lost"));
    }

    /** Starts one from the job's screen and is on the run's when this returns. */
    private static void run(String job, String choice, String start) {
        browser.go("#/jobs/" + job);
        browser.click("Run…");
        browser.awaits("dialog[open]");
        browser.click(choice);
        if (choice.equals("Sync")) {
            browser.click("Dry run");
        }
        browser.click(start);
        Awaitility.await()
                .until(() -> browser.script("return location.hash").toString().startsWith("#/runs/"));
    }
}
