package dev.replicator.execute;

import dev.replicator.plan.Action;
import dev.replicator.store.EntryNote;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.Version;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The deletes that wait, on disk; the file is made with the first and removed by close. Used by one thread. */
final class DeleteSpool implements AutoCloseable {
    private Optional<Path> file = Optional.empty();
    private Optional<DataOutputStream> out = Optional.empty();
    private long size;

    void add(Action.Delete delete) {
        try {
            if (out.isEmpty()) {
                Path made = Files.createTempFile("replicator-deletes-", ".spool");
                file = Optional.of(made);
                out = Optional.of(new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(made))));
            }
            DataOutputStream stream = out.get();
            byte[] key = delete.key().bytes();
            stream.writeInt(delete.pair());
            stream.writeInt(key.length);
            stream.write(key);
            stream.writeLong(delete.destination().size());
            stream.writeLong(delete.destination().modified().getEpochSecond());
            stream.writeInt(delete.destination().modified().getNano());
            stream.writeUTF(delete.destination().version().token());
            stream.writeLong(delete.destination().metageneration());
            size++;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "deletes can't be kept on disk until they are allowed: " + e.getMessage(), e);
        }
    }

    long size() {
        return size;
    }

    /** Hands over every waiting delete in the order they came. */
    void forEach(Consumer<Action.Delete> consumer) {
        if (file.isEmpty()) {
            return;
        }
        try {
            out.orElseThrow().flush();
            try (DataInputStream stream =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(file.get())))) {
                for (long i = 0; i < size; i++) {
                    consumer.accept(read(stream));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the waiting deletes can't be read back", e);
        }
    }

    private static Action.Delete read(DataInputStream stream) throws IOException {
        int pair = stream.readInt();
        byte[] key = stream.readNBytes(stream.readInt());
        return new Action.Delete(
                pair,
                new ObjectMeta(
                        ObjectKey.ofBytes(key),
                        stream.readLong(),
                        Instant.ofEpochSecond(stream.readLong(), stream.readInt()),
                        new Version(stream.readUTF()),
                        List.of(),
                        EntryNote.NONE,
                        Optional.empty(),
                        stream.readLong()));
    }

    @Override
    public void close() {
        try {
            if (out.isPresent()) {
                out.get().close();
            }
            if (file.isPresent()) {
                Files.deleteIfExists(file.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the file of waiting deletes can't be removed", e);
        }
    }
}
