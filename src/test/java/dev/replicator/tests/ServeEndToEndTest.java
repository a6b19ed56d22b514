package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server and its clients as processes: it serves, is killed, comes back, and is stopped. */
@Timeout(120)
class ServeEndToEndTest {
    private static final Pattern SERVING = Pattern.compile("Serving (http://\\S+?)/? until");

    @TempDir
    Path directory;

    private Path prod;
    private Optional<Cli.Running> server = Optional.empty();

    @BeforeEach
    void aJobThatTakesItsTime() throws IOException {
        Path dev = Files.createDirectories(directory.resolve("dev"));
        prod = Files.createDirectories(directory.resolve("prod"));
        for (int i = 0; i < 400; i++) {
            Files.writeString(dev.resolve("%03d.txt".formatted(i)), "x");
        }
        Files.writeString(directory.resolve("replicator.yaml"), """
                stores: { dev: { uri: ./dev }, prod: { uri: ./prod } }
                jobs:
                  slow: { source: dev, destination: prod, transfer: { requests-per-second: 20 }, hook: { lease-ttl: 2s } }
                  quick: { source: dev, destination: ./other/ }
                """);
    }

    @AfterEach
    void noServerStays() {
        server.ifPresent(running -> running.process().destroyForcibly());
    }

    private Cli cli() {
        return new Cli(directory);
    }

    private String served() {
        Cli.Running running = cli().start("serve", "--listen", "127.0.0.1:0");
        server = Optional.of(running);
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> address(running), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<String> address(Cli.Running running) throws IOException {
        String said = Files.readString(running.err());
        assertThat(running.process().isAlive()).as(said).isTrue();
        Matcher matcher = SERVING.matcher(said);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    @Test
    void aKilledServerComesBackAndKnowsWhatItLost() {
        String before = served();
        Cli.Result quick = cli().run("sync", "quick", "--server", before);
        assertThat(quick.exit()).as(quick.err()).isZero();
        Cli.Running waiting = cli().start("sync", "slow", "--server", before);
        untilCopied(20);

        server.orElseThrow().process().destroyForcibly();
        Cli.Result left = waiting.await();
        String after = served();
        Cli.Result history = cli().run("history", "--server", after);
        Cli.Result again = cli().run("sync", "slow", "--path", "0", "--dry-run", "--server", after);

        assertThat(left.exit()).as(left.err()).isEqualTo(1);
        assertThat(history.exit()).as(history.err()).isZero();
        assertThat(history.out()).contains("! ", "  slow   sync", "interrupted").contains("  quick  sync", "succeeded");
        assertThat(history.out()).containsPattern("quick +sync +succeeded +400 +0 +0 ");
        assertThat(again.err()).doesNotContain("Exception");
        Cli.Result here = cli().run("history", "quick");
        assertThat(here.out()).as(here.err()).contains("succeeded");
    }

    @Test
    void aStoppedServerCancelsItsRunsAndGivesTheLeaseBack() {
        String url = served();
        Cli.Running waiting = cli().start("sync", "slow", "--server", url);
        untilCopied(20);
        Cli.Result taken = cli().run("serve", "--listen", url.replace("http://", ""));

        server.orElseThrow().signal("TERM");
        Cli.Result stopped = server.orElseThrow().await();
        waiting.process().destroyForcibly();
        Cli.Result status = cli().run("status", "slow");

        assertThat(taken.exit()).as(taken.err()).isEqualTo(1);
        assertThat(taken.err()).contains("can't listen at");
        assertThat(stopped.exit()).as(stopped.err()).isEqualTo(143);
        assertThat(status.out()).contains("Lease:        free").contains("CANCELLED");
        assertThat(copied()).isLessThan(400);
    }

    private void untilCopied(int objects) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> copied() >= objects);
    }

    private long copied() {
        try (Stream<Path> files = Files.list(prod)) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
