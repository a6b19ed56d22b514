package dev.replicator.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;

/** The tools of {@code infra/checks/package.json}: installed on first use, by one process at a time. */
public final class NodeTools {
    private static final Path HOME = Tree.file("infra/checks");

    private NodeTools() {}

    /** A file of an installed package; the test is skipped, and says so, where Node.js is missing or npm has no network. */
    public static Path file(String path) {
        install();
        return HOME.resolve("node_modules").resolve(path);
    }

    /** Runs {@code node SCRIPT}; the script is a path from {@code infra/checks}. */
    public static Program node(String script) {
        install();
        return npm("node").words(script);
    }

    private static synchronized void install() {
        Program.needed("node");
        try (FileChannel channel = FileChannel.open(
                        HOME.resolve("node_modules.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Path done = HOME.resolve("node_modules.installed");
            String wanted = Files.readString(HOME.resolve("package-lock.json"));
            if (lock.isValid()
                    && Files.exists(done)
                    && Files.isDirectory(HOME.resolve("node_modules"))
                    && Files.readString(done).equals(wanted)) {
                return;
            }
            Program.Ended ended =
                    npm("npm").words("ci", "--no-audit", "--no-fund").run();
            Assumptions.assumeTrue(
                    ended.exit() == 0, () -> "skipped: npm ci ended with " + ended.exit() + "\n" + ended.said());
            Files.writeString(done, wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the user's own home: npm's cache and settings are there. */
    private static Program npm(String name) {
        Program program = Program.of(HOME, Program.needed(name).toString());
        for (String variable : new String[] {"HOME", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "NODE_EXTRA_CA_CERTS"}) {
            String value = System.getenv(variable);
            if (value != null) {
                program = program.with(variable, value);
            }
        }
        return program;
    }
}
