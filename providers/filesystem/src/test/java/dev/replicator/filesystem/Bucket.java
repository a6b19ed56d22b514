package dev.replicator.filesystem;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.EntryNote;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.Precondition;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreSettings.Links;
import dev.replicator.store.StoreUri;
import dev.replicator.store.WriteOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A directory under test, with the store on it and the shortest ways to look at both. */
record Bucket(Path root, ObjectStore store) {
    static Bucket at(Path root) {
        return at(root, Links.SKIP, StoreContext.system());
    }

    static Bucket at(Path root, Links links, StoreContext context) {
        StoreUri uri = new StoreUri("file", root.toString(), KeyPrefix.NONE);
        return new Bucket(root, new FileStore(root, StoreSettings.of(uri).withLinks(links), context));
    }

    /** The store on {@code root} whose every step a watcher hears of before it is taken. */
    static FileStore watched(Path root, Folder.Opener opener, WatchedFolder.Watcher watcher) {
        return new FileStore(
                root,
                StoreSettings.of(new StoreUri("file", root.toString(), KeyPrefix.NONE)),
                StoreContext.system(),
                WatchedFolder.over(opener, watcher));
    }

    static WriteOptions unconditionally() {
        return WriteOptions.of(Precondition.none());
    }

    static WriteOptions ifAbsent() {
        return WriteOptions.of(Precondition.absent());
    }

    /** Makes a file past the store. */
    Path file(String name, String content) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ObjectMeta write(String key, String content) {
        return write(key, content, unconditionally());
    }

    ObjectMeta write(String key, String content, WriteOptions options) {
        return store.write(ObjectKey.of(key), ByteArrayBody.of(content.getBytes(StandardCharsets.UTF_8)), options);
    }

    Optional<ObjectMeta> head(String key) {
        return store.head(ObjectKey.of(key));
    }

    String content(String key) {
        ObjectMeta meta = head(key).orElseThrow();
        try (var stream = store.read(meta).open()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> keys() {
        return keys(ListRequest.everything());
    }

    List<String> keys(ListRequest request) {
        return list(request).stream().map(meta -> meta.key().text()).toList();
    }

    List<ObjectMeta> list(ListRequest request) {
        try (Listing listing = store.list(request)) {
            return drain(listing);
        }
    }

    Map<String, EntryNote> notes() {
        Map<String, EntryNote> notes = new LinkedHashMap<>();
        list(ListRequest.everything()).forEach(meta -> notes.put(meta.key().text(), meta.note()));
        return notes;
    }

    static List<ObjectMeta> drain(Listing listing) {
        List<ObjectMeta> found = new ArrayList<>();
        for (Optional<Page> page = listing.next(); page.isPresent(); page = listing.next()) {
            for (int i = 0; i < page.get().count(); i++) {
                found.add(page.get().meta(i));
            }
        }
        return found;
    }

    /** Every file below the root, temporary ones included, but not lock files. */
    TreeSet<String> files() {
        try (Stream<Path> paths = Files.walk(root)) {
            TreeSet<String> files = new TreeSet<>();
            paths.filter(path -> !Files.isDirectory(path))
                    .map(path -> root.relativize(path).toString())
                    .filter(name -> !name.startsWith(".replicator/tmp/lock-"))
                    .forEach(files::add);
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empties the directory. */
    void clear() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (!folder.equals(root)) {
                    Files.delete(folder);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
