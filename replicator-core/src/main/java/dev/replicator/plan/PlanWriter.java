package dev.replicator.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a plan file as the plan streams by; gzip when the name ends in {@code .gz}. The file appears under its name
 * only with {@link #finish}: what was interrupted leaves no plan. Used by one thread.
 */
public final class PlanWriter implements PlanSink, AutoCloseable {
    private final Path file;
    private final Path partial;
    private final OutputStream stream;
    private final MessageDigest digest;
    private long copied;
    private long overwritten;
    private long deleted;
    private long metadataUpdated;
    private long skipped;
    private long bytes;
    private boolean finished;

    /**
     * @throws IllegalArgumentException when the path can't be a plan file
     * @throws UncheckedIOException when the file can't be written
     */
    public PlanWriter(Path file, PlanHeader header) {
        this.file = place(file);
        partial = this.file.resolveSibling(this.file.getFileName() + ".partial");
        digest = sha256();
        try {
            OutputStream raw = new BufferedOutputStream(Files.newOutputStream(partial));
            stream = file.toString().endsWith(".gz") ? new GZIPOutputStream(raw) : raw;
        } catch (IOException e) {
            throw new UncheckedIOException("can't write plan file " + file + ": " + e.getMessage(), e);
        }
        write(PlanLines.of(header));
    }

    /** Where the file goes; a link's target, and never over a device, a pipe or a folder. */
    private static Path place(Path file) {
        try {
            Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            if (Files.exists(real) && !Files.isRegularFile(real)) {
                throw new IllegalArgumentException("plan file " + file + " is there and is no regular file");
            }
            if (real.getParent() == null || !Files.isDirectory(real.getParent())) {
                throw new IllegalArgumentException("plan file " + file + " can't be made: there is no such folder");
            }
            return real;
        } catch (IOException e) {
            throw new UncheckedIOException("can't write plan file " + file + ": " + e.getMessage(), e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing in this runtime", e);
        }
    }

    @Override
    public void accept(Action action) {
        if (action instanceof Action.Copy copy) {
            bytes += copy.source().size();
            if (copy.replaced().isPresent()) {
                overwritten++;
            } else {
                copied++;
            }
        } else if (action instanceof Action.Delete) {
            deleted++;
        } else if (action instanceof Action.UpdateMetadata) {
            metadataUpdated++;
        } else {
            skipped++;
        }
        write(PlanLines.of(action));
    }

    /**
     * Writes the trailer with the gate's verdict and puts the file in its place. The digest is over every line above and
     * over the trailer itself without the digest, so that nobody opens the gate by hand.
     */
    public PlanTotals finish(boolean gateOpen, String gateReason) {
        PlanTotals totals =
                new PlanTotals(copied, overwritten, deleted, metadataUpdated, skipped, bytes, gateOpen, gateReason);
        ObjectNode trailer = PlanLines.node().put("type", "trailer");
        trailer.putObject("counts")
                .put("copied", copied)
                .put("overwritten", overwritten)
                .put("deleted", deleted)
                .put("metadataUpdated", metadataUpdated)
                .put("skipped", skipped);
        trailer.put("bytes", bytes);
        trailer.putObject("gate").put("open", gateOpen).put("reason", gateReason);
        digest.update(PlanLines.bytes(trailer));
        trailer.put(PlanLines.DIGEST, HexFormat.of().formatHex(digest.digest()));
        try {
            stream.write(PlanLines.bytes(trailer));
            stream.write('\n');
            stream.close();
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            finished = true;
        } catch (IOException e) {
            throw new UncheckedIOException("can't write plan file " + file + ": " + e.getMessage(), e);
        }
        return totals;
    }

    private void write(ObjectNode line) {
        byte[] text = PlanLines.bytes(line);
        digest.update(text);
        digest.update((byte) '\n');
        try {
            stream.write(text);
            stream.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("can't write plan file " + file + ": " + e.getMessage(), e);
        }
    }

    /** Removes what was not finished. */
    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            stream.close();
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            throw new UncheckedIOException("can't remove " + partial, e);
        }
    }
}
