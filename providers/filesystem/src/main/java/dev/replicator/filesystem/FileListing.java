package dev.replicator.filesystem;

import dev.replicator.filesystem.Entry.Branch;
import dev.replicator.filesystem.Entry.Leaf;
import dev.replicator.store.EntryNote;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.Page;
import dev.replicator.store.RequestKind;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.StoreException;
import dev.replicator.store.StoreSettings.Links;
import dev.replicator.store.TransientStoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Walks a tree in the order of keys: each directory's entries are sorted with directories as {@code name/}, so {@code
 * a.txt} comes before what is in {@code a/}, and {@code a0} after. Holds the entries of the directories on the current
 * path and nothing else; sub-trees outside the prefix and range are not entered. Each page counts as one list request.
 *
 * <p>A sub-directory that can't be read becomes an entry {@code dir/} with {@link EntryNote#UNREADABLE}; that, or a
 * directory that vanishes under the walk, makes the listing incomplete, but it goes on. A file that vanishes between its
 * name and its stat is simply gone. Replicator's own {@code .replicator/tmp} is never shown.
 */
final class FileListing implements Listing {
    private final Tree tree;
    private final Names names;
    private final Links links;
    private final RequestMeter meter;
    private final KeySpan span;
    private final int pageSize;
    private final LevelReader reader;
    private final Deque<Level> levels = new ArrayDeque<>();
    private Page.Builder page;
    private boolean hasStarted;
    private boolean hasEnded;

    FileListing(Tree tree, Names names, Links links, ListRequest request, RequestMeter meter) {
        this.tree = tree;
        this.names = names;
        this.links = links;
        this.meter = meter;
        this.span = KeySpan.of(request);
        this.pageSize = request.pageSize();
        this.reader = new LevelReader(tree, names, links, span);
        this.page = new Page.Builder(Math.min(pageSize, 64));
    }

    @Override
    public Optional<Page> next() {
        if (hasEnded) {
            return Optional.empty();
        }
        meter.count(RequestKind.LIST);
        try {
            if (!hasStarted) {
                start();
                hasStarted = true;
            }
            while (page.count() < pageSize && !levels.isEmpty()) {
                step();
            }
        } catch (IOException e) {
            throw FileErrors.translate("list", tree.root(), shown(), e);
        }
        hasEnded = levels.isEmpty();
        Page full = page.build();
        page = new Page.Builder(pageSize);
        return Optional.of(full);
    }

    @Override
    public boolean complete() {
        return hasEnded && reader.isWhole();
    }

    @Override
    public void close() {
        levels.clear();
        hasEnded = true;
        reader.leaveOut();
    }

    /** Goes straight to the directory that all wanted keys lie in, or, when links may lead there, to the root. */
    private void start() throws IOException {
        tree.checkRoot();
        if (span.isEmpty()) {
            return;
        }
        if (links == Links.FOLLOW || span.folders().isEmpty()) {
            levels.push(reader.read(new byte[0], tree.root(), levels, 0));
            return;
        }
        byte[] above = new byte[0];
        byte[] name = new byte[0];
        Path path = tree.root();
        Optional<BasicFileAttributes> seen = Optional.empty();
        for (byte[] folder : span.folders()) {
            Optional<Path> child = child(path, folder);
            seen = child.isEmpty() ? Optional.empty() : stat(child.get());
            if (child.isEmpty() || seen.isEmpty() || !seen.get().isDirectory()) {
                return;
            }
            path = child.get();
            above = Level.join(above, name);
            name = Level.join(folder, new byte[] {'/'});
        }
        Branch deepest = new Branch(name, path, FileState.of(seen.orElseThrow()), 0);
        levels.push(new Level(above, tree.root(), List.of(deepest), 0));
    }

    /** Empty for a name that no key has. */
    private Optional<Path> child(Path folder, byte[] name) {
        String text = new String(name, StandardCharsets.UTF_8);
        if (text.isEmpty() || text.equals(".") || text.equals("..") || text.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(folder.resolve(names.path(text)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Optional<BasicFileAttributes> stat(Path path) throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (java.nio.file.AccessDeniedException e) {
            reader.leaveOut();
            return Optional.empty();
        }
    }

    private void step() throws IOException {
        Level level = levels.element();
        if (level.isDone()) {
            levels.pop();
            return;
        }
        Entry entry = level.peek();
        byte[] key = Level.join(level.key(), entry.name());
        if (entry instanceof Leaf leaf) {
            add(key, leaf);
            level.advance();
        } else if (entry instanceof Branch branch) {
            Optional<Level> inner = entered(key, branch);
            level.advance();
            inner.ifPresent(levels::push);
        }
    }

    /** The directory's own level, and its marker listed; empty when it can't be read. */
    private Optional<Level> entered(byte[] key, Branch branch) throws IOException {
        try {
            Level inner = reader.read(key, branch.path(), levels, branch.links());
            if (!isSame(branch)) {
                reader.leaveOut();
                return Optional.empty();
            }
            if (span.contains(key)) {
                FolderMarkers.of(branch.path()).ifPresent(kept -> add(key, marker(branch, kept)));
            }
            return Optional.of(inner);
        } catch (NoSuchFileException e) {
            reader.leaveOut();
            return Optional.empty();
        } catch (IOException e) {
            StoreException failure = FileErrors.translate("list", tree.root(), text(key), e);
            if (failure instanceof TransientStoreException) {
                throw failure;
            }
            reader.leaveOut();
            if (span.contains(key)) {
                add(key, LevelReader.leaf(branch.name(), branch.state(), true, EntryNote.UNREADABLE));
            }
            return Optional.empty();
        }
    }

    /** Whether the path still leads to the directory that its parent showed, not to something put in its place. */
    private static boolean isSame(Branch branch) throws IOException {
        BasicFileAttributes now =
                Files.readAttributes(branch.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return now.isDirectory() && FileState.inode(now) == branch.state().inode();
    }

    private static Leaf marker(Branch branch, FileMetadata.Kept kept) {
        FileState state = new FileState(0, kept.modified(), branch.state().inode());
        return LevelReader.leaf(branch.name(), state, true, EntryNote.NONE);
    }

    private void add(byte[] key, Leaf leaf) {
        byte[] version = FileState.token(leaf.size(), leaf.seconds(), leaf.nanos(), leaf.inode())
                .getBytes(StandardCharsets.US_ASCII);
        page.add(
                key, 0, key.length, leaf.size(), leaf.seconds(), leaf.nanos(), version, 0, version.length, leaf.note());
    }

    private String shown() {
        return levels.isEmpty() ? "keys" : text(levels.element().key());
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }
}
