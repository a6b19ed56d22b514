package dev.replicator.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A plan file whose trailer was verified; its actions are read again for each pass. */
public final class WrittenPlan {
    private static final int LONGEST_LINE = 512 * 1024;

    private final Path file;
    private final PlanHeader header;
    private final PlanTotals totals;
    private final String digest;

    private WrittenPlan(Path file, PlanHeader header, PlanTotals totals, String digest) {
        this.file = file;
        this.header = header;
        this.totals = totals;
        this.digest = digest;
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
        } catch (JsonProcessingException | EOFException | ZipException e) {
            throw new IllegalArgumentException("plan file " + file + " is torn or was changed", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("plan file " + file + " can't be read: " + e, e);
        }
    }

    private static InputStream stream(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            return file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** Believes nothing but the format's number before the whole file is verified. */
    private static WrittenPlan verified(Path file, InputStream stream) throws IOException {
        MessageDigest digest = PlanWriter.sha256();
        Optional<byte[]> line = line(stream);
        JsonNode header = header(file, line);
        Optional<byte[]> following = line(stream);
        while (following.isPresent()) {
            digest.update(line.orElseThrow());
            digest.update((byte) '\n');
            line = following;
            following = line(stream);
        }
        JsonNode trailer = trailer(file, line.orElseThrow(), digest);
        return new WrittenPlan(
                file,
                PlanLines.header(header),
                totals(trailer),
                trailer.path(PlanLines.DIGEST).asText());
    }

    private static JsonNode header(Path file, Optional<byte[]> line) throws IOException {
        if (line.isPresent() && (line.get().length == 0 || line.get()[0] != '{')) {
            throw new IllegalArgumentException(file + " is not a plan file");
        }
        JsonNode header = line.isPresent() ? PlanLines.parse(line.get()) : PlanLines.node();
        if (!header.path("type").asText().equals("header")) {
            throw new IllegalArgumentException(file + " is not a plan file");
        }
        if (header.path("format").asInt() != PlanHeader.FORMAT) {
            throw new IllegalArgumentException("plan file " + file + " has format "
                    + header.path("format").asText() + "; this version reads " + PlanHeader.FORMAT);
        }
        return header;
    }

    /** The last line, byte for byte as it was written. */
    private static JsonNode trailer(Path file, byte[] line, MessageDigest digest) throws IOException {
        JsonNode trailer = PlanLines.parse(line);
        if (!(trailer instanceof ObjectNode fields)
                || !trailer.path("type").asText().equals("trailer")) {
            throw new IllegalArgumentException("plan file " + file + " has no trailer: it was not finished");
        }
        ObjectNode signed = fields.deepCopy();
        String claimed = signed.path(PlanLines.DIGEST).asText();
        signed.remove(PlanLines.DIGEST);
        digest.update(PlanLines.bytes(signed));
        if (!claimed.equals(HexFormat.of().formatHex(digest.digest()))
                || !Arrays.equals(PlanLines.bytes(fields), line)) {
            throw new IllegalArgumentException("plan file " + file + " was changed after it was written");
        }
        return trailer;
    }

    private static PlanTotals totals(JsonNode trailer) {
        JsonNode counts = trailer.path("counts");
        return new PlanTotals(
                counts.path("copied").asLong(),
                counts.path("overwritten").asLong(),
                counts.path("deleted").asLong(),
                counts.path("metadataUpdated").asLong(),
                counts.path("skipped").asLong(),
                trailer.path("bytes").asLong(),
                trailer.path("gate").path("open").asBoolean(),
                trailer.path("gate").path("reason").asText());
    }

    /** The next line without its end, which every line has; empty at the end of the file. */
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
        if (next < 0) {
            throw new EOFException("the last line is not whole");
        }
        return Optional.of(line.toByteArray());
    }

    public PlanHeader header() {
        return header;
    }

    public PlanTotals totals() {
        return totals;
    }

    /** The trailer's digest in hexadecimal, which was verified: what names this plan among all others. */
    public String digest() {
        return digest;
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
