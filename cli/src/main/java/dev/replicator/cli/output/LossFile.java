package dev.replicator.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.cli.exit.CliException;
import dev.replicator.plan.Action;
import dev.replicator.report.RunHeader;
import dev.replicator.report.RunListener;
import dev.replicator.store.MetadataLoss;
import dev.replicator.store.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The fidelity report: a JSON line {@code key, kind, field, message} for each thing that the destination does not hold of
 * an object's metadata. Thread-safe.
 */
public final class LossFile implements RunListener, AutoCloseable {
    private final Path file;
    private final Writer writer;
    private RunKeys keys = RunKeys.NONE;

    /** @throws CliException when the file can't be written */
    public LossFile(Path file) {
        this.file = file;
        try {
            writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CliException.unwritable(file, e);
        }
    }

    static ObjectNode line(ObjectKey key, MetadataLoss loss) {
        return JsonText.node()
                .put("key", RunKeys.text(key))
                .put("kind", loss.kind().word())
                .put("field", loss.field())
                .put("message", loss.message());
    }

    @Override
    public synchronized void started(RunHeader header) {
        keys = new RunKeys(header.job().paths());
    }

    @Override
    public synchronized void metadataLost(Action action, MetadataLoss loss) {
        try {
            writer.write(line(keys.of(action), loss) + "\n");
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("can't write the report " + file + ": " + e.getMessage(), e);
    }
}
