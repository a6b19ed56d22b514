package dev.replicator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** A plan file whose trailer was verified; its actions are read again for each pass. */
public final class WrittenPlan {
    private static final int LONGEST_LINE = 64 * 1024;

    private final Path file;
    private final PlanHeader header;
    private final PlanTotals totals;

    private WrittenPlan(Path file, PlanHeader header, PlanTotals totals) {
        this.file = file;
        this.header = header;
        this.totals = totals;
    }

    /**
     * Opens and verifies a plan file; gzip by name ({@code .gz}).
     *
     * @throws IllegalArgumentException for a file that is missing, torn, changed, without a trailer, or of a newer
     *     format
     */
    public static WrittenPlan open(Path file) {
        try (InputStream stream = stream(file)) {
            return verified(file, stream);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("no plan file " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("plan file " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    private static InputStream stream(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
    }

    private static WrittenPlan verified(Path file, InputStream stream) throws IOException {
        MessageDigest digest = PlanWriter.sha256();
        Optional<byte[]> line = line(stream);
        PlanHeader header = header(file, line);
        Optional<byte[]> following = line(stream);
        while (following.isPresent()) {
            digest.update(line.orElseThrow());
            digest.update((byte) '\n');
            line = following;
            following = line(stream);
        }
        JsonNode trailer = PlanLines.parse(line.orElseThrow());
        if (!trailer.path("type").asText().equals("trailer")) {
            throw new IllegalArgumentException("plan file " + file + " has no trailer: it was not finished");
        }
        if (!trailer.path("sha256").asText().equals(HexFormat.of().formatHex(digest.digest()))) {
            throw new IllegalArgumentException("plan file " + file + " was changed after it was written");
        }
        return new WrittenPlan(file, header, totals(trailer));
    }

    private static PlanHeader header(Path file, Optional<byte[]> line) throws IOException {
        JsonNode header = line.isPresent() ? PlanLines.parse(line.get()) : PlanLines.node();
        if (!header.path("type").asText().equals("header")) {
            throw new IllegalArgumentException(file + " is not a plan file");
        }
        if (header.path("format").asInt() != PlanHeader.FORMAT) {
            throw new IllegalArgumentException("plan file " + file + " has format "
                    + header.path("format").asText() + "; this version reads " + PlanHeader.FORMAT);
        }
        return PlanLines.header(header);
    }

    private static PlanTotals totals(JsonNode trailer) {
        JsonNode counts = trailer.path("counts");
        return new PlanTotals(
                counts.path("copied").asLong(),
                counts.path("overwritten").asLong(),
                counts.path("deleted").asLong(),
                counts.path("skipped").asLong(),
                trailer.path("bytes").asLong(),
                trailer.path("gate").path("open").asBoolean(),
                trailer.path("gate").path("reason").asText());
    }

    /** The next line without its end; empty at the end of the file. */
    private static Optional<byte[]> line(InputStream stream) throws IOException {
        int next = stream.read();
        if (next < 0) {
            return Optional.empty();
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        while (next >= 0 && next != '\n') {
            if (line.size() == LONGEST_LINE) {
                throw new IllegalArgumentException("a line is longer than " + LONGEST_LINE + " bytes");
            }
            line.write(next);
            next = stream.read();
        }
        return Optional.of(line.toByteArray());
    }

    public PlanHeader header() {
        return header;
    }

    public PlanTotals totals() {
        return totals;
    }

    public Path file() {
        return file;
    }

    /** Hands over every action in the file's order. */
    public void forEach(PlanSink sink) {
        try (InputStream stream = stream(file)) {
            for (Optional<byte[]> line = line(stream); line.isPresent(); line = line(stream)) {
                JsonNode node = PlanLines.parse(line.get());
                if (node.has("op")) {
                    sink.accept(PlanLines.action(node));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("plan file " + file + " can't be read", e);
        }
    }
}
