package dev.replicator.filesystem;

import dev.replicator.store.Capability;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.contract.StoreHarness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** Directories below one temporary directory: the bucket, its neighbour, one that is missing, and a workshop. */
final class FileHarness implements StoreHarness {
    private final Path above;
    private final Path workshop;
    private final Path root;
    private final ObjectStore store;
    private final ObjectStore neighbour;

    FileHarness() throws IOException {
        above = Files.createTempDirectory("contract");
        workshop = Files.createDirectory(above.resolve("workshop"));
        root = Files.createDirectory(above.resolve("bucket"));
        Files.createFile(above.resolve("file"));
        store = open("bucket");
        neighbour = open(
                Files.createDirectory(above.resolve("neighbour")).getFileName().toString());
    }

    private ObjectStore open(String name) {
        StoreUri uri = StoreUri.parse(above.resolve(name).toString(), above);
        return new FileStoreProvider().open(StoreSettings.of(uri).withSizes(sizes()), StoreContext.system());
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public ObjectStore another() {
        return open("bucket");
    }

    @Override
    public ObjectStore neighbour() {
        return neighbour;
    }

    /** Below a file: a directory that is only missing would be made by the first write. */
    @Override
    public ObjectStore missing() {
        return open("file/missing");
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.ETAGS));
    }

    @Override
    public void put(ObjectKey key, byte[] bytes, ObjectMetadata metadata) {
        try {
            Path file = Files.write(Files.createTempFile(workshop, "put", ""), bytes);
            if (!metadata.equals(ObjectMetadata.NONE)) {
                new FileMetadata(root)
                        .write(
                                file,
                                bytes.length,
                                Files.getLastModifiedTime(file).toInstant(),
                                metadata);
            }
            Path target = root.resolve(key.text());
            Files.createDirectories(target.getParent());
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes emptied directories along, so that a file may come where one was. */
    @Override
    public void remove(ObjectKey key) {
        try {
            Path file = root.resolve(key.text());
            Files.delete(file);
            for (Path folder = file.getParent(); !folder.equals(root); folder = folder.getParent()) {
                Files.delete(folder);
            }
        } catch (DirectoryNotEmptyException e) {
            // Others are in it.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean holds(ObjectKey key) {
        String text = key.text();
        return key.isUtf8()
                && text.indexOf('\0') < 0
                && key.length() < 4_000
                && !(text + "/").startsWith(".replicator/tmp/")
                && Stream.of(text.split("/", -1)).allMatch(FileHarness::isName);
    }

    private static boolean isName(String segment) {
        return !segment.isEmpty()
                && !segment.equals(".")
                && !segment.equals("..")
                && segment.getBytes(StandardCharsets.UTF_8).length <= 255;
    }

    @Override
    public boolean holdsTogether(ObjectKey one, ObjectKey other) {
        return !one.text().startsWith(other.text() + "/") && !other.text().startsWith(one.text() + "/");
    }

    @Override
    public TransferSizes sizes() {
        return new TransferSizes(1 << 20, 1 << 20, 1 << 20);
    }

    @Override
    public Duration granularity() {
        return Duration.ofNanos(1);
    }

    @Override
    public void close() {
        try {
            store.close();
            neighbour.close();
            Bucket.at(above).clear();
            Files.delete(above);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
