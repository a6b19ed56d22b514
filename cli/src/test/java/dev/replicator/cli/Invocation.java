package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Console;
import dev.replicator.cli.terminal.Terminals;
import dev.replicator.store.Stores;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A command line, run in this JVM with scripted streams. */
final class Invocation {
    private final Path workingDirectory;
    private final Map<String, String> environment = new HashMap<>();
    private Terminals terminals = Terminals.NONE;
    private boolean terminated;
    private InputStream in = InputStream.nullInputStream();

    private Invocation(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
        environment.put("HOME", workingDirectory.resolve("home").toString());
    }

    static Invocation in(Path workingDirectory) {
        return new Invocation(workingDirectory);
    }

    Invocation with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Somebody sits at a terminal and will type this. */
    Invocation typing(String answers) {
        terminals = new Terminals(true, true, true, 100);
        in = new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** A SIGTERM has come. */
    Invocation terminated() {
        terminated = true;
        return this;
    }

    Ended run(String... words) {
        return run(List.of(words));
    }

    Ended run(List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(stream(out), stream(err), in, terminals, environment);
        Session session = new Session(workingDirectory, environment, console, Clock.systemUTC(), Stores.onClassPath());
        if (terminated) {
            session.stop(ExitCode.TERMINATED, "stopped by SIGTERM");
        }
        int code = new CommandTree(session, new Logging(workingDirectory)).run(words);
        console.flush();
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }

    /** What came out. */
    record Ended(int code, String out, String err) {
        private static final ObjectMapper MAPPER = new ObjectMapper();

        Ended expect(int expected) {
            assertThat(code).as("exit code%nstdout: %s%nstderr: %s", out, err).isEqualTo(expected);
            return this;
        }

        JsonNode json() {
            return parsed(out);
        }

        List<JsonNode> lines() {
            return out.lines().map(Ended::parsed).toList();
        }

        private static JsonNode parsed(String text) {
            try {
                return MAPPER.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(text, e);
            }
        }
    }
}
