package dev.replicator.cli.output;

import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.terminal.Console;
import dev.replicator.report.Finding;
import dev.replicator.report.FindingSink;
import dev.replicator.store.ObjectKey;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Writes the keys of findings to files, one a line, as they are; a key with a line break in it is written escaped.
 * {@code -} is stdout, where a terminal gets every key escaped.
 */
public final class KeyLists implements FindingSink, AutoCloseable {
    private final Console console;
    private final RunKeys keys;
    private final Map<Finding.Kind, OutputStream> files = new EnumMap<>(Finding.Kind.class);

    /** @throws CliException when a file can't be opened */
    public KeyLists(Console console, RunKeys keys, Map<Finding.Kind, Path> targets) {
        this.console = console;
        this.keys = keys;
        targets.forEach((kind, file) -> files.put(kind, open(file)));
    }

    private OutputStream open(Path file) {
        if (file.toString().equals("-")) {
            return new StandardOutput();
        }
        try {
            return new BufferedOutputStream(Files.newOutputStream(file));
        } catch (IOException e) {
            throw CliException.unwritable(file, e);
        }
    }

    @Override
    public void accept(Finding finding) {
        OutputStream file = files.get(finding.kind());
        if (file == null) {
            return;
        }
        ObjectKey key = keys.of(finding);
        boolean onTerminal =
                file instanceof StandardOutput && console.terminals().output();
        byte[] line = onTerminal || breaksLines(key) ? key.display().getBytes(StandardCharsets.UTF_8) : key.bytes();
        byte[] ended = Arrays.copyOf(line, line.length + 1);
        ended[line.length] = '\n';
        try {
            file.write(ended);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static boolean breaksLines(ObjectKey key) {
        return key.text().indexOf('\n') >= 0 || key.text().indexOf('\r') >= 0;
    }

    @Override
    public void close() {
        for (OutputStream file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    private static UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("can't write a key list: " + e.getMessage(), e);
    }

    /** The console's stdout, left open. */
    private final class StandardOutput extends OutputStream {
        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            console.raw(Arrays.copyOfRange(bytes, from, from + length));
        }
    }
}
