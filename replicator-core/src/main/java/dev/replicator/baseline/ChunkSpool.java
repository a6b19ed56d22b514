package dev.replicator.baseline;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The bytes of chunks that were read once, in a temporary file, so that merging asks the store for none again. What can't
 * be kept is asked for again: a full disk costs requests, nothing else. Used by one thread.
 */
final class ChunkSpool implements AutoCloseable {
    private final Map<String, Place> places = new HashMap<>();
    private Optional<Path> file = Optional.empty();
    private long length;
    private boolean broken;

    private record Place(long offset, int length) {}

    void keep(Chunk chunk, byte[] content) {
        if (broken || places.containsKey(chunk.name())) {
            return;
        }
        try (RandomAccessFile out = new RandomAccessFile(path().toFile(), "rw")) {
            out.seek(length);
            out.write(content);
            places.put(chunk.name(), new Place(length, content.length));
            length += content.length;
        } catch (IOException e) {
            broken = true;
        }
    }

    /** The bytes of a chunk that was kept; its reader proves them. */
    Optional<byte[]> find(Chunk chunk) {
        Place place = places.get(chunk.name());
        if (place == null || file.isEmpty()) {
            return Optional.empty();
        }
        try (RandomAccessFile in = new RandomAccessFile(file.get().toFile(), "r")) {
            byte[] content = new byte[place.length()];
            in.seek(place.offset());
            in.readFully(content);
            return Optional.of(content);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path path() throws IOException {
        if (file.isEmpty()) {
            file = Optional.of(Files.createTempFile("replicator-baseline-", ".chunks"));
        }
        return file.get();
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
    }
}
