package dev.replicator.filesystem;

import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.EntryNote;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestKind;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreSettings.Links;
import dev.replicator.store.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A directory as a bucket. Reads fail with {@link BucketNotFoundException} when it is not there; a write makes it.
 *
 * <p>Conditional writes and deletes are exact among Replicators (see {@link KeyLocks}); a program that knows no locks can
 * come between the check and the rename or unlink, a moment of microseconds. Create-only writes are exact against
 * everybody wherever {@link FileWriter} may use hard links.
 */
final class FileStore implements ObjectStore {
    static final String SCHEME = "file";

    private static final Set<Capability> CAPABILITIES =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Capability.ETAGS)));

    private final Path root;
    private final StoreSettings settings;
    private final StoreContext context;
    private final Names names;
    private final Tree tree;
    private final FileMetadata metadata;
    private final FileWriter writer;
    private final FileRemover remover;
    private final FolderMarkers markers;
    private final FileRoles roles;
    private volatile boolean isClosed;

    FileStore(Path root, StoreSettings settings, StoreContext context) {
        this(root, settings, context, Folder::open);
    }

    FileStore(Path root, StoreSettings settings, StoreContext context, Folder.Opener opener) {
        this.root = root;
        this.settings = settings;
        this.context = context;
        this.names = new Names(root.getFileSystem());
        this.tree = new Tree(root, settings.links(), opener);
        this.metadata = new FileMetadata(root);
        Stage stage = new Stage(tree, names, context.clock());
        KeyLocks locks = new KeyLocks(names);
        this.writer = new FileWriter(tree, stage, locks, metadata, context.clock(), context.meter()::checkMutation);
        this.markers = new FolderMarkers(tree, stage, locks, metadata, context.clock());
        this.remover = new FileRemover(tree, stage, locks, markers);
        this.roles = new FileRoles(
                tree,
                names,
                context,
                new FileMetadataUpdate(tree, names, stage, locks, metadata, context),
                this::checkOpen);
    }

    @Override
    public BucketRef bucket() {
        return new BucketRef(SCHEME, "", "", root.toString(), "");
    }

    @Override
    public Set<Capability> capabilities() {
        return settings.capabilities().orElse(CAPABILITIES);
    }

    @Override
    public boolean copiesFrom(BucketRef source) {
        return source.scheme().equals(SCHEME) && capabilities().contains(Capability.SERVER_SIDE_COPY);
    }

    @Override
    public Listing list(ListRequest request) {
        checkOpen();
        return new FileListing(tree, names, settings.links(), request, context.meter());
    }

    @Override
    public Optional<ObjectMeta> head(ObjectKey key) {
        checkOpen();
        context.meter().count(RequestKind.HEAD);
        try {
            Optional<SafePath> path = SafePath.find(key, root, names);
            if (path.isEmpty()) {
                tree.checkRoot();
                return Optional.empty();
            }
            return path.get().isFolder() ? markers.head(path.get()) : file(path.get());
        } catch (IOException e) {
            throw failed("head", key, e);
        }
    }

    private Optional<ObjectMeta> file(SafePath path) throws IOException {
        Optional<Place> found = tree.find(path);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (Place place = found.get()) {
            Optional<BasicFileAttributes> seen = place.stat().filter(attributes -> !attributes.isDirectory());
            return seen.map(attributes -> meta(path.key(), place, attributes));
        }
    }

    private ObjectMeta meta(ObjectKey key, Place place, BasicFileAttributes attributes) {
        FileState state = FileState.of(attributes);
        EntryNote note = EntryNote.NONE;
        Optional<ObjectMetadata> kept = Optional.empty();
        if (attributes.isRegularFile()) {
            kept = Optional.of(metadata.read(place.path(), state.size(), state.modified(), key.text())
                    .withTags(Map.of()));
        } else {
            note = attributes.isSymbolicLink() ? EntryNote.SYMLINK : EntryNote.SPECIAL_FILE;
        }
        return new ObjectMeta(key, state.size(), state.modified(), state.version(), List.of(), note, kept);
    }

    @Override
    public ObjectBody read(ObjectMeta object) {
        checkOpen();
        ObjectKey key = object.key();
        try {
            SafePath path = SafePath.of(key, root, names);
            return path.isFolder()
                    ? new MarkerBody(object, FileErrors.message("read", root, key.text()), () -> head(key))
                    : new FileBody(tree, path, object, metadata, context.meter());
        } catch (IOException e) {
            throw failed("read", key, e);
        }
    }

    @Override
    public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
        checkOpen();
        try {
            SafePath path = SafePath.of(key, root, names);
            context.meter().count(RequestKind.PUT);
            return put(path, body, options);
        } catch (IOException e) {
            throw failed("write", key, e);
        }
    }

    private ObjectMeta put(SafePath path, ObjectBody body, WriteOptions options) throws IOException {
        tree.makeRoot();
        return path.isFolder() ? markers.write(path, body, options) : writer.write(path, body, options);
    }

    /** Enters the source by its own root and follows links inside it: the version pins which file is meant. */
    @Override
    public ObjectMeta copyFrom(BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options) {
        checkOpen();
        if (!copiesFrom(source)) {
            throw new UnsupportedOperationException("file://" + root + " can't copy from " + source);
        }
        try {
            SafePath path = SafePath.of(key, root, names);
            Path sourceRoot = root.getFileSystem().getPath(source.bucket());
            SafePath sourcePath = SafePath.of(object.key(), sourceRoot, names);
            context.meter().count(RequestKind.COPY);
            if (sourcePath.isFolder()) {
                return put(path, new MarkerBody(object, "", () -> Optional.of(object)), options);
            }
            FileBody body = new FileBody(
                    new Tree(sourceRoot, Links.FOLLOW, Folder::open),
                    sourcePath,
                    object,
                    new FileMetadata(sourceRoot),
                    new RequestMeter());
            // Where the source itself came from says nothing of this copy.
            return put(path, body, options.withMetadata(body.storedMetadata().withoutOurs()));
        } catch (IOException e) {
            throw failed("copy " + source + "/" + object.key() + " to", key, e);
        }
    }

    @Override
    public void delete(ObjectKey key, Precondition precondition) {
        checkOpen();
        context.meter().count(RequestKind.DELETE);
        try {
            tree.checkRoot();
            remover.delete(key, SafePath.find(key, root, names), precondition);
        } catch (IOException e) {
            throw failed("delete", key, e);
        }
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        return roles.find(role);
    }

    private RuntimeException failed(String verb, ObjectKey key, IOException e) {
        return FileErrors.translate(verb, root, key.text(), e);
    }

    private void checkOpen() {
        if (isClosed) {
            throw new IllegalStateException("the store of file://" + root + " is closed");
        }
    }

    /** Holds nothing between calls; calls after this one fail. */
    @Override
    public void close() {
        isClosed = true;
    }
}
