package dev.replicator.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.server.http.ProblemCode;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

/** How every screen looks, in both themes and in narrow windows, with texts that would like to be more than text. */
@Tag("long")
@Tag("browser")
@Timeout(120)
class ScreensTest {
    /** Of which a picture is kept in a narrow window too: one with cards, one with facts, one with tables. */
    private static final Set<String> NARROW = Set.of("overview", "run-partial", "plan");

    private static Browser browser;
    private static CannedServer server;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start();
        server = Answers.busy(CannedServer.start());
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

    static Stream<Arguments> screens() {
        return Stream.of(
                Arguments.of("overview", "#/", "Needs attention"),
                Arguments.of("job", "#/jobs/media", "Recent runs"),
                Arguments.of("runs", "#/runs", "What became of it"),
                Arguments.of("run-running", "#/runs/live-1", "131 of 180"),
                Arguments.of("run-partial", "#/runs/partial-1", "Not permitted"),
                Arguments.of("run-refused", "#/runs/refused-1", "812 objects would have been deleted"),
                Arguments.of("plan", "#/plans/plan-1", "Would delete 1"),
                Arguments.of("validation", "#/jobs/thumbnails/validation", "9 missing"),
                Arguments.of("drift", "#/jobs/media/drift", "robots.txt"),
                Arguments.of("notifications", "#/notifications", "ops-slack"),
                Arguments.of("settings", "#/settings", "Signed in as"),
                Arguments.of("missing", "#/plans/gone", "The plan is gone"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("screens")
    void isWithoutBarriersInertAndAsNarrowAsItsWindow(String name, String hash, String shown) {
        for (String theme : new String[] {"light", "dark"}) {
            browser.size(1280, 900);
            browser.theme(theme);
            browser.open(server.uri().resolve(hash));
            browser.sees(shown);
            browser.screenshot(name + "-" + theme);

            assertThat(theme.equals("light") ? browser.barriers() : browser.faintTexts())
                    .as("%s in %s", name, theme)
                    .isEmpty();
        }
        browser.size(320, 700);
        assertThat(browser.isTooWide()).as("%s at 320 px", name).isFalse();
        if (NARROW.contains(name)) {
            browser.screenshot(name + "-narrow");
        }
        browser.size(640, 450);
        assertThat(browser.isTooWide()).as("%s at 200 %% zoom", name).isFalse();
        assertThat(browser.all("main img")).isEmpty();
        assertThat(browser.ran()).isEmpty();
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theDialogForARunIsWithoutBarriers() {
        browser.size(1280, 900);
        for (String theme : new String[] {"light", "dark"}) {
            browser.theme(theme);
            browser.open(server.uri().resolve("#/jobs/media"));
            browser.click("Run…");
            browser.awaits("dialog[open]");
            browser.screenshot("trigger-" + theme);

            assertThat(theme.equals("light") ? browser.barriers() : browser.faintTexts())
                    .isEmpty();
        }
    }

    @Test
    void theSignInIsWithoutBarriers() throws IOException {
        try (CannedServer closed = CannedServer.start()) {
            closed.on("GET me", ProblemCode.UNAUTHENTICATED, "");
            for (String theme : new String[] {"light", "dark"}) {
                browser.size(1280, 900);
                browser.theme(theme);
                browser.open(closed.uri());
                browser.awaits("input[name=token]");
                browser.screenshot("sign-in-" + theme);

                assertThat(theme.equals("light") ? browser.barriers() : browser.faintTexts())
                        .isEmpty();
            }
        }
    }

    @Test
    void anEmptyServerSaysWhatToDoFirst() throws IOException {
        try (CannedServer empty = CannedServer.start()) {
            empty.on("GET me", 200, "{\"name\":\"grace\",\"role\":\"admin\"}").on("GET jobs", 200, "{\"items\":[]}");
            browser.size(1280, 900);
            browser.theme("light");
            browser.open(empty.uri());

            browser.sees("No job is configured yet");
            browser.screenshot("empty-light");
            assertThat(browser.barriers()).isEmpty();
            browser.go("#/notifications");
            browser.sees("This server tells nobody");
        }
    }

    @Test
    void aPlanThatWasChangedIsNotDecidedAbout() {
        server.on("POST plans/plan-1/approve", ProblemCode.ANOTHER_PLAN, "its ETag is another one");
        browser.open(server.uri().resolve("#/plans/plan-1"));
        browser.click("Approve…");
        browser.click("Approve");

        browser.sees("The plan was changed since you opened it.");
        browser.click("Read it again");
        browser.sees("Needs approval");
    }

    @Test
    void aPlansDeletesComeFirst() {
        browser.open(server.uri().resolve("#/plans/plan-1"));
        browser.sees("old-report.csv");
        browser.sees("orders.parquet");

        assertThat(browser.text().indexOf("old-report.csv"))
                .isLessThan(browser.text().indexOf("orders.parquet"));
        assertThat(browser.text().indexOf("Would delete 1"))
                .isLessThan(browser.text().indexOf("old-report.csv"));
    }

    @Test
    void theThemeThatWasChosenStaysWithoutAskingTheSystem() {
        browser.theme("light");
        browser.open(server.uri().resolve("#/settings"));
        browser.click("Dark");
        browser.open(server.uri().resolve("#/settings"));
        browser.sees("Colours");

        Object scheme = browser.script("return getComputedStyle(document.documentElement).colorScheme");
        browser.click("As the system");

        assertThat(scheme).isEqualTo("dark");
        assertThat(browser.script("return localStorage.length")).isEqualTo(0L);
    }

    @Test
    void singleKeysGoPlacesUntilTheyAreTurnedOff() {
        browser.open(server.uri().resolve("#/settings"));
        browser.sees("Single-key shortcuts");
        browser.press("gr");
        browser.sees("All states");

        browser.go("#/settings");
        browser.click("Single-key shortcuts");
        browser.press("gr");

        assertThat(browser.script("return location.hash")).isEqualTo("#/settings");
        browser.script("localStorage.clear()");
    }

    @Test
    void anUnreachableServerIsSaidBesideWhatIsKnown() throws IOException {
        CannedServer other = Answers.busy(CannedServer.start());
        browser.open(other.uri().resolve("#/jobs/media"));
        browser.sees("Recent runs");

        other.close();
        browser.script("dispatchEvent(new Event('online'))");

        browser.sees("The server does not answer");
        assertThat(browser.text()).contains("Recent runs", "Try again");
    }

    /** That the checks above can fail: a page with barriers, a script that the policy forbids, and one that is too wide. */
    @Test
    void theChecksBite() {
        browser.open(server.uri().resolve("#/settings"));
        browser.sees("Colours");
        browser.script("""
            document.body.insertAdjacentHTML('beforeend',
                '<img src="icon.svg"><input><p class="pale">pale</p><div class="broad">x</div>');
            document.querySelector('.pale').style.color = '#ccc';
            document.querySelector('.broad').style.width = '9000px';
            document.documentElement.removeAttribute('lang');
            document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="ran(1)">');
            const script = document.createElement('script');
            script.textContent = 'ran(2)';
            document.body.append(script);
            """);

        assertThat(browser.barriers()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(browser.faintTexts()).isNotEmpty();
        assertThat(browser.violations()).isNotEmpty();
        assertThat(browser.isTooWide()).isTrue();
        assertThat(browser.complaints()).isNotEmpty();
        browser.press(Keys.ESCAPE);
    }
}
