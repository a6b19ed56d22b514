package dev.replicator.filesystem;

import dev.replicator.filesystem.Entry.Branch;
import dev.replicator.filesystem.Entry.Leaf;
import dev.replicator.store.EntryNote;
import dev.replicator.store.StoreSettings.Links;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one directory into sorted entries: one stat per name that may be wanted, none for the others.
 *
 * <p>A file that everybody may read is taken for readable; for others the system is asked (one access(2) each), so that
 * {@link EntryNote#UNREADABLE} costs nothing in ordinary trees. What an ACL or a security module denies beyond the mode
 * shows when the file is read.
 */
final class LevelReader {
    private static final byte[] TMP_PARENT = (Stage.CONTROL + "/").getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TMP_NAME = "tmp".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SLASH = {'/'};
    /** Links on one path; more are a maze, not a tree. */
    private static final int MAX_LINKS = 8;

    private final Tree tree;
    private final Names names;
    private final Links links;
    private final KeySpan span;
    private final Class<? extends BasicFileAttributes> attributes;
    private boolean isWhole = true;

    LevelReader(Tree tree, Names names, Links links, KeySpan span) {
        this.tree = tree;
        this.names = names;
        this.links = links;
        this.span = span;
        boolean hasModes =
                tree.root().getFileSystem().supportedFileAttributeViews().contains("posix");
        this.attributes = hasModes ? PosixFileAttributes.class : BasicFileAttributes.class;
    }

    /** Whether nothing was left out so far that could have held wanted keys. */
    boolean isWhole() {
        return isWhole;
    }

    void leaveOut() {
        isWhole = false;
    }

    /**
     * Reads a directory.
     *
     * @param key the directory's own key, ending in {@code /}; empty for the root
     * @param above the levels it lies in
     * @param linkCount links that lead to it
     */
    Level read(byte[] key, Path folder, Deque<Level> above, int linkCount) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Level level = new Level(key, folder, entries, linkCount);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("listing");
                }
                entry(level, child, above).ifPresent(entries::add);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(entries);
        keepApart(entries);
        return level;
    }

    private Optional<Entry> entry(Level level, Path child, Deque<Level> above) throws IOException {
        byte[] raw = names.bytes(child);
        boolean isKey = Names.isAscii(raw) || Names.isUtf8(raw);
        byte[] name = isKey ? raw : Names.escaped(raw);
        byte[] key = Level.join(level.key(), name);
        if (isOurTmp(level.key(), name) || !span.contains(key) && !span.reaches(Level.join(key, SLASH))) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes seen = Files.readAttributes(child, attributes, LinkOption.NOFOLLOW_LINKS);
            if (!isKey) {
                boolean isFolder = seen.isDirectory();
                return leaf(level, isFolder ? Level.join(name, SLASH) : name, seen, EntryNote.UNSAFE_KEY);
            }
            if (seen.isDirectory()) {
                return branch(level, name, child, seen, level.links());
            }
            if (seen.isSymbolicLink()) {
                return links == Links.SKIP
                        ? leaf(level, name, seen, EntryNote.SYMLINK)
                        : followed(level, name, child, seen, above);
            }
            return leaf(level, name, seen, note(child, seen));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // The directory may be read but not entered: what its names are, files or directories, can't be known.
            leaveOut();
            return span.contains(key)
                    ? Optional.of(new Leaf(name, 0, 0, 0, 0, EntryNote.UNREADABLE))
                    : Optional.empty();
        }
    }

    private Optional<Entry> leaf(Level level, byte[] name, BasicFileAttributes seen, EntryNote note) {
        if (!span.contains(Level.join(level.key(), name))) {
            return Optional.empty();
        }
        return Optional.of(leaf(name, FileState.of(seen), note == EntryNote.UNSAFE_KEY && seen.isDirectory(), note));
    }

    static Leaf leaf(byte[] name, FileState state, boolean isFolder, EntryNote note) {
        return new Leaf(
                name,
                isFolder ? 0 : state.size(),
                state.modified().getEpochSecond(),
                state.modified().getNano(),
                state.inode(),
                note);
    }

    private Optional<Entry> branch(Level level, byte[] name, Path path, BasicFileAttributes seen, int linkCount) {
        byte[] folder = Level.join(name, SLASH);
        return span.reaches(Level.join(level.key(), folder))
                ? Optional.of(new Branch(folder, path, FileState.of(seen), linkCount))
                : Optional.empty();
    }

    /** A link's target when that is inside the root and not a directory we are in already; else the link, by its note. */
    private Optional<Entry> followed(
            Level level, byte[] name, Path link, BasicFileAttributes seen, Deque<Level> above) {
        try {
            boolean isInside = level.links() < MAX_LINKS && tree.inside(link).isPresent();
            if (isInside) {
                Path real = link.toRealPath();
                BasicFileAttributes target = Files.readAttributes(real, attributes, LinkOption.NOFOLLOW_LINKS);
                if (target.isRegularFile()) {
                    return leaf(level, name, target, note(real, target));
                }
                if (target.isDirectory() && !isAround(real, level, above)) {
                    return branch(level, name, real, target, level.links() + 1);
                }
            }
        } catch (IOException e) {
            // Leads nowhere: a link, then.
        }
        return leaf(level, name, seen, EntryNote.SYMLINK);
    }

    private static boolean isAround(Path target, Level level, Deque<Level> above) throws IOException {
        if (level.path().toRealPath().startsWith(target)) {
            return true;
        }
        for (Level one : above) {
            if (one.path().toRealPath().startsWith(target)) {
                return true;
            }
        }
        return false;
    }

    private static EntryNote note(Path path, BasicFileAttributes seen) {
        if (!seen.isRegularFile()) {
            return EntryNote.SPECIAL_FILE;
        }
        boolean isOpen = !(seen instanceof PosixFileAttributes posix)
                || posix.permissions().contains(PosixFilePermission.OTHERS_READ);
        return isOpen || Files.isReadable(path) ? EntryNote.NONE : EntryNote.UNREADABLE;
    }

    private static boolean isOurTmp(byte[] folder, byte[] name) {
        return Arrays.equals(folder, TMP_PARENT) && Arrays.equals(name, TMP_NAME);
    }

    /** An escaped name may spell a neighbour's real one: then it gets a backslash more, so that keys stay strictly apart. */
    private static void keepApart(List<Entry> entries) {
        boolean hasEscaped = entries.stream().anyMatch(LevelReader::isEscaped);
        if (!hasEscaped) {
            return;
        }
        Set<String> taken = new HashSet<>();
        entries.stream().filter(entry -> !isEscaped(entry)).forEach(entry -> taken.add(text(entry.name())));
        entries.replaceAll(entry -> {
            Entry apart = entry;
            while (isEscaped(entry) && !taken.add(text(apart.name()))) {
                apart = ((Leaf) apart).withName(Level.join(new byte[] {'\\'}, apart.name()));
            }
            return apart;
        });
        Collections.sort(entries);
    }

    private static boolean isEscaped(Entry entry) {
        return entry instanceof Leaf leaf && leaf.note() == EntryNote.UNSAFE_KEY;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
