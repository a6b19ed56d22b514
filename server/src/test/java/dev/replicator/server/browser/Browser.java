package dev.replicator.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.opentest4j.TestAbortedException;

/** A Chromium without a screen. For one thread; starts once for a class of tests. */
final class Browser implements AutoCloseable {
    private static final Path AXE = Path.of("dashboard/node_modules/axe-core/axe.min.js");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> CHROMIUMS =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final List<String> DRIVERS = List.of("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");

    /** From the first line of every page on: what its policy forbade, and what hostile texts managed to run. */
    private static final String WATCH = """
            window.__violations = [];
            addEventListener('securitypolicyviolation', (event) =>
                window.__violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
            window.__ran = [];
            window.ran = (what) => window.__ran.push(what);
            """;

    /** Says at every start that it does not know this Chromium's own protocol, which nothing here asks it for. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;
    private final String axe;

    private Browser(ChromeDriver driver, String axe) {
        this.driver = driver;
        this.axe = axe;
    }

    /** Starts one; where there is none, or nothing to look at, the tests are skipped and say why. */
    static Browser start() {
        Path chromium = firstOf(CHROMIUMS, "no Chromium");
        Path chromedriver = firstOf(DRIVERS, "no chromedriver");
        if (Browser.class.getResource("/META-INF/resources/replicator/index.html") == null || !Files.exists(AXE)) {
            throw skipped("the dashboard was not built");
        }
        SELENIUM.setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--force-color-profile=srgb",
                "--hide-scrollbars",
                "--window-size=1280,900");
        ChromeDriver driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver.toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
        try {
            Files.createDirectories(SCREENSHOTS);
            return new Browser(driver, Files.readString(AXE));
        } catch (IOException e) {
            driver.quit();
            throw new UncheckedIOException(e);
        }
    }

    private static Path firstOf(List<String> places, String otherwise) {
        return places.stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> skipped(otherwise));
    }

    private static TestAbortedException skipped(String why) {
        System.out.println("skipped: the dashboard in a browser (" + why + ")");
        return new TestAbortedException(why);
    }

    /** Goes there by loading the page anew. */
    void open(URI page) {
        driver.get("about:blank");
        driver.get(page.toString());
    }

    /** Goes to another screen of the page that is open. */
    void go(String hash) {
        script("location.hash = arguments[0]", hash);
    }

    void theme(String theme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    /** CSS pixels. */
    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    Object script(String code, Object... arguments) {
        return driver.executeScript(code, arguments);
    }

    Optional<WebElement> find(String css) {
        return driver.findElements(By.cssSelector(css)).stream().findFirst();
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** The text of the page, as it is seen. */
    String text() {
        return String.valueOf(script("return document.body.innerText"));
    }

    /** Waits until the page shows it. */
    void sees(String text) {
        Awaitility.await()
                .alias("the page shows '" + text + "'")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(text()).contains(text));
    }

    /** Waits until something like this is there. */
    WebElement awaits(String css) {
        Awaitility.await()
                .alias(css)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreException(StaleElementReferenceException.class)
                .untilAsserted(() -> assertThat(find(css).filter(WebElement::isDisplayed))
                        .as("%s in %s", css, text())
                        .isPresent());
        return find(css).orElseThrow();
    }

    /** Clicks what has this text: a button or a link. */
    void click(String text) {
        Awaitility.await()
                .alias("click on '" + text + "'")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(script("""
                                const scope = document.querySelector('dialog[open]') ?? document;
                                const found = [...scope.querySelectorAll('button, a, summary, label')]
                                    .find((one) => one.textContent.trim().startsWith(arguments[0]) && !one.disabled);
                                found?.click();
                                return found !== undefined;
                                """, text))
                        .as("'%s' in %s", text, text())
                        .isEqualTo(true));
    }

    void type(String css, CharSequence text) {
        awaits(css).sendKeys(text);
    }

    /** Presses keys wherever the focus is. */
    void press(CharSequence... keys) {
        Actions actions = new Actions(driver);
        Stream.of(keys).forEach(actions::sendKeys);
        actions.perform();
    }

    /** Presses Tab until what has the focus matches. */
    void tabTo(String css) {
        for (int steps = 0; steps < 80; steps++) {
            if (Boolean.TRUE.equals(script("return document.activeElement.matches(arguments[0])", css))) {
                return;
            }
            press(Keys.TAB);
        }
        throw new AssertionError("the keyboard does not reach " + css);
    }

    void forgetCookies() {
        driver.manage().deleteAllCookies();
    }

    /** What axe finds against WCAG 2.2 AA, and its best practices. */
    List<String> barriers() {
        return axe("{}");
    }

    /** What axe finds of texts that are hard to tell from their ground: all of its rules that a theme can change. */
    List<String> faintTexts() {
        return axe("{ runOnly: ['color-contrast', 'link-in-text-block'] }");
    }

    private List<String> axe(String options) {
        driver.executeScript(axe);
        return strings(driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, { preload: false, resultTypes: ['violations'], ...%s }).then(
                    (result) => done(result.violations.map((one) =>
                        one.id + ': ' + one.nodes.map((node) => node.html + ' ' + node.any.map((why) => why.message)).join(' | '))),
                    (error) => done(['axe: ' + error]));
                """.formatted(options)));
    }

    /** What the page's policy forbade. */
    List<String> violations() {
        return strings(script("return window.__violations"));
    }

    /** What hostile texts managed to run. */
    List<String> ran() {
        return strings(script("return window.__ran"));
    }

    /** Errors of scripts and of the policy since this was asked before; answers with errors are the pages' own business. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("Failed to load resource"))
                .toList();
    }

    /** Whether it can be scrolled sideways. */
    boolean isTooWide() {
        return Boolean.TRUE.equals(
                script("return document.documentElement.scrollWidth > document.documentElement.clientWidth"));
    }

    void screenshot(String name) {
        try {
            Object height = script("return Math.min(document.documentElement.scrollHeight, 2400)");
            Object width = script("return window.innerWidth");
            size(
                    ((Number) Objects.requireNonNull(width)).intValue(),
                    Math.max(500, ((Number) Objects.requireNonNull(height)).intValue()));
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
            size(((Number) width).intValue(), 900);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> strings(Object list) {
        return ((List<?>) Objects.requireNonNull(list))
                .stream().map(String::valueOf).toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
