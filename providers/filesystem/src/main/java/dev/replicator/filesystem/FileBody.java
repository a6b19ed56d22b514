package dev.replicator.filesystem;

import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.RequestKind;
import dev.replicator.store.RequestMeter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;

/**
 * One version of a file. Every stream checks it when it opens, and again before it hands out its last bytes: what was
 * read to the end is of that version alone. A version is told by size, time and inode, so a program that writes in place
 * and puts the time back, or writes twice within the clock tick of one listing, is not seen.
 *
 * <p>{@link #file} hands out the path when the version holds at that moment. Who reads the file on their own must, when
 * done, open an empty range ({@code open(0, 0)}): it fails as stale when the file changed meanwhile.
 */
final class FileBody implements ObjectBody {
    private final Tree tree;
    private final SafePath path;
    private final ObjectMeta object;
    private final FileMetadata metadata;
    private final RequestMeter meter;

    FileBody(Tree tree, SafePath path, ObjectMeta object, FileMetadata metadata, RequestMeter meter) {
        this.tree = tree;
        this.path = path;
        this.object = object;
        this.metadata = metadata;
        this.meter = meter;
    }

    @Override
    public long size() {
        return object.size();
    }

    @Override
    public ObjectMetadata metadata() {
        try (Place place = verified()) {
            return metadata.read(
                    place.path(), object.size(), object.modified(), object.key().text());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The metadata that is kept with the file, without a guessed content type. */
    ObjectMetadata storedMetadata() {
        try (Place place = verified()) {
            return FileMetadata.stored(place.path(), object.size(), object.modified());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public InputStream open() {
        return open(0, object.size());
    }

    @Override
    public InputStream open(long offset, long length) {
        if (offset < 0 || length < 0 || offset > object.size() - length) {
            throw new IllegalArgumentException(
                    "range of " + length + " bytes at " + offset + " is not within " + object.size() + " bytes");
        }
        meter.count(RequestKind.GET);
        try {
            Place place = verified();
            try {
                return new PinnedStream(this, place, channel(place).position(offset), length);
            } catch (IOException | RuntimeException e) {
                place.close();
                throw e;
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public Optional<Path> file() {
        try (Place place = verified()) {
            Path file = place.path();
            // A name that this JVM can't spell as text would be lost on the way to a File.
            boolean isText = file.getFileSystem().getPath(file.toString()).equals(file);
            return isText ? Optional.of(file) : Optional.empty();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean saveTo(Path file) {
        meter.count(RequestKind.GET);
        try (Place place = verified();
                FileChannel from = channel(place);
                FileChannel to = opened(file)) {
            long done = 0;
            while (done < object.size()) {
                long moved = from.transferTo(done, object.size() - done, to);
                if (moved <= 0) {
                    throw endedEarly(place);
                }
                done += moved;
            }
            check(place);
            return true;
        } catch (IOException e) {
            throw FileErrors.isOfWriting(e) ? new UncheckedIOException(e) : failed(e);
        }
    }

    private static FileChannel opened(Path file) {
        try {
            return FileChannel.open(
                    file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Throws when what is in that place is not the version any more. */
    void check(Place place) throws IOException {
        Optional<BasicFileAttributes> seen = place.stat();
        if (seen.isEmpty()) {
            throw new FileProblem(FileProblem.Kind.ABSENT, "it is gone");
        }
        if (!seen.get().isRegularFile()) {
            throw new FileProblem(FileProblem.Kind.NO_OBJECT, "it is no regular file");
        }
        if (!FileState.of(seen.get()).version().equals(object.version())) {
            throw FileProblem.stale("no longer version " + object.version());
        }
    }

    /** The file ended before its size: because it changed, else for no reason we know. */
    FileProblem endedEarly(Place place) throws IOException {
        check(place);
        return new FileProblem(FileProblem.Kind.CORRUPT, "it ended before its " + object.size() + " bytes");
    }

    RuntimeException failed(IOException e) {
        return FileErrors.translate("read", tree.root(), object.key().text(), e);
    }

    private Place verified() throws IOException {
        Place place = tree.find(path)
                .orElseThrow(() -> new FileProblem(FileProblem.Kind.ABSENT, "no such file or directory"));
        try {
            check(place);
            return place;
        } catch (IOException | RuntimeException e) {
            place.close();
            throw e;
        }
    }

    private static FileChannel channel(Place place) throws IOException {
        return place.folder().channel(place.name(), Set.of(StandardOpenOption.READ));
    }
}
