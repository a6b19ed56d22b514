package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Console;
import dev.replicator.cli.terminal.Terminals;
import dev.replicator.store.Stores;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignalsTest {
    private final Path here = Path.of("").toAbsolutePath();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Session session = new Session(
            here,
            Map.of(),
            new Console(
                    new PrintStream(new ByteArrayOutputStream()),
                    new PrintStream(err),
                    InputStream.nullInputStream(),
                    Terminals.NONE,
                    Map.of()),
            Clock.systemUTC(),
            Stores.onClassPath());
    private final List<Integer> halts = new ArrayList<>();
    private final Signals signals = new Signals(session, halts::add);

    @Test
    void theFirstLetsObjectsInFlightFinish() {
        signals.received(ExitCode.TERMINATED);

        assertThat(halts).isEmpty();
        assertThat(session.exitCodes().interruption()).isEqualTo(ExitCode.TERMINATED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("30 s");
    }

    @Test
    void theSecondEndsAtOnceWithItsOwnCode() {
        signals.received(ExitCode.TERMINATED);
        signals.received(ExitCode.INTERRUPTED);

        assertThat(halts).containsExactly(130);
    }

    @Test
    void aRunThatIsStoppedBeforeItBeginsCopiesNothing(@TempDir Path directory) {
        Directories.put(directory.resolve("dev"), "a.txt", "a");
        signals.received(ExitCode.TERMINATED);

        int code = new CommandTree(session, new Logging(here))
                .run(List.of(
                        "sync",
                        directory.resolve("dev").toString(),
                        directory.resolve("prod").toString()));

        assertThat(code).isEqualTo(143);
        assertThat(Directories.content(directory.resolve("prod"))).isEmpty();
    }
}
