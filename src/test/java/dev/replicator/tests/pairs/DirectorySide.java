package dev.replicator.tests.pairs;

import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import dev.replicator.store.Stores;
import dev.replicator.store.TransferSizes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A directory whose files take the times of a clock, as they would elsewhere. Metadata are the product's own idea. */
final class DirectorySide implements Side {
    private final Path root;
    private final Clock clock;
    private final TransferSizes sizes;
    private SortedMap<String, String> watched = new TreeMap<>();

    DirectorySide(Path root, Clock clock, TransferSizes sizes) {
        this.root = root;
        this.clock = clock;
        this.sizes = sizes;
    }

    @Override
    public StoreSettings settings() {
        return StoreSettings.of(StoreUri.parse(root.toString(), root)).withSizes(sizes);
    }

    @Override
    public void put(String key, byte[] content) {
        Path file = root.resolve(key);
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(root.getParent(), "fresh", "");
            Files.write(fresh, content);
            Files.setLastModifiedTime(fresh, FileTime.from(clock.instant()));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void describe(String key, Map<String, String> user) {
        try (ObjectStore store = open()) {
            ObjectMeta seen = store.head(ObjectKey.of(key)).orElseThrow();
            ObjectMetadata metadata = seen.metadata().orElse(ObjectMetadata.NONE);
            store.role(MetadataUpdate.class)
                    .orElseThrow()
                    .update(seen, metadata.withUser(user), Precondition.unchanged(seen.version()));
        }
    }

    private ObjectStore open() {
        return Stores.onClassPath().open(settings(), StoreContext.system());
    }

    @Override
    public void remove(String key) {
        try {
            Files.delete(root.resolve(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void date(String key, Instant modified) {
        try {
            Files.setLastModifiedTime(root.resolve(key), FileTime.from(modified));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Instant modified(String key) {
        try {
            return Files.getLastModifiedTime(root.resolve(key)).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<byte[]> get(String key) {
        try {
            Path file = root.resolve(key);
            return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, String> user(String key) {
        try (ObjectStore store = open()) {
            return store.head(ObjectKey.of(key))
                    .flatMap(ObjectMeta::metadata)
                    .map(metadata -> Names.withoutOurs(metadata.user()))
                    .orElseThrow();
        }
    }

    @Override
    public SortedSet<String> keys() {
        return Names.withoutOurs(states().keySet());
    }

    @Override
    public void watch() {
        watched = states();
    }

    /** Told by inodes and times: a file that was written again is another. */
    @Override
    public String writes() {
        SortedMap<String, String> now = states();
        return Stream.concat(watched.keySet().stream(), now.keySet().stream())
                .distinct()
                .filter(key -> !Optional.ofNullable(watched.get(key)).equals(Optional.ofNullable(now.get(key))))
                .collect(Collectors.joining(", "));
    }

    /** Inode, size, times of change and modification of each file, the product's own apart. */
    private SortedMap<String, String> states() {
        SortedMap<String, String> states = new TreeMap<>();
        if (Files.isDirectory(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(Files::isRegularFile)
                        .filter(file -> !file.startsWith(root.resolve(".replicator")))
                        .forEach(file -> states.put(root.relativize(file).toString(), state(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return states;
    }

    private static String state(Path file) {
        try {
            return Files.readAttributes(file, "unix:ino,size,ctime,lastModifiedTime")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
