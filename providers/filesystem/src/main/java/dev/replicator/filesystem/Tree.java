package dev.replicator.filesystem;

import dev.replicator.store.Displays;
import dev.replicator.store.StoreSettings.Links;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The tree below a root, entered component by component. A symbolic link on the way ends it ({@link Links#SKIP}) or is
 * replaced by its target's real path when that lies inside the root ({@link Links#FOLLOW}); nothing ever leads out. The
 * root itself may be a link: the user named it. Thread-safe.
 */
final class Tree {
    private static final int MAX_LINKS = 40;
    private static final int ROUNDS = 10;

    private final Path root;
    private final Links links;
    private final Folder.Opener opener;

    Tree(Path root, Links links, Folder.Opener opener) {
        this.root = root;
        this.links = links;
        this.opener = opener;
    }

    /** What a walk meets on its way down. */
    interface Guide {
        /** Only looks: what is missing stays so. */
        Guide LOOK = (folder, name) -> false;

        /** Told that {@code name} is missing in {@code folder}: whether it is there now. */
        boolean make(Folder folder, Path name) throws IOException;

        /** Told of each directory on the way and the name in it that leads on. */
        default void pass(Folder folder, Path name) throws IOException {}
    }

    Path root() {
        return root;
    }

    /**
     * Walks again when a directory on the way was gone between the look at it and its use: deletes take emptied
     * directories along. Fails as {@link FileProblem.Kind#BUSY} when that happens time and again.
     *
     * @param walk begins at the root each time
     */
    static <T> T retraced(KeyLocks.Step<T> walk) throws IOException {
        for (int round = 1; ; round++) {
            try {
                return walk.run();
            } catch (NoSuchFileException e) {
                if (round == ROUNDS) {
                    throw e.getCause() instanceof IOException cause
                            ? cause
                            : new FileProblem(
                                    FileProblem.Kind.BUSY, "the directories on its way come and go all the time", e);
                }
            }
        }
    }

    /** Fails as {@link FileProblem.Kind#NO_ROOT} when the root is missing or no directory. */
    Folder openRoot() throws IOException {
        try {
            return opener.open(root);
        } catch (NoSuchFileException e) {
            throw new FileProblem(FileProblem.Kind.NO_ROOT, "there is no such directory", e);
        } catch (NotDirectoryException e) {
            throw new FileProblem(FileProblem.Kind.NO_ROOT, "that is not a directory", e);
        }
    }

    /** Makes the root, and what is above it, unless it is there. */
    void makeRoot() throws IOException {
        if (Files.isDirectory(root)) {
            return;
        }
        for (Path above = root; above != null; above = above.getParent()) {
            if (Files.exists(above) && !Files.isDirectory(above)) {
                String what = Displays.escaped(above.toString()) + " is not a directory";
                throw new FileProblem(FileProblem.Kind.NO_ROOT, what);
            }
        }
        Files.createDirectories(root);
    }

    void checkRoot() throws IOException {
        openRoot().close();
    }

    /**
     * The directory of the path's last name, open; empty when it is missing and the guide made none. Fails as {@link
     * FileProblem.Kind#UNFIT_KEY} when something other than a directory is on the way.
     */
    Optional<Folder> descend(SafePath path, Guide guide) throws IOException {
        Deque<Path> ahead = new ArrayDeque<>(path.parents());
        int followed = 0;
        Folder here = openRoot();
        try {
            while (!ahead.isEmpty()) {
                Path name = ahead.removeFirst();
                Optional<BasicFileAttributes> seen = here.stat(name);
                if (seen.isEmpty() && !guide.make(here, name)) {
                    here.close();
                    return Optional.empty();
                }
                if (seen.isPresent() && seen.get().isSymbolicLink()) {
                    List<Path> real = followed(here.path().resolve(name), ++followed);
                    for (int i = real.size() - 1; i >= 0; i--) {
                        ahead.addFirst(real.get(i));
                    }
                    here.close();
                    here = openRoot();
                } else {
                    guide.pass(here, name);
                    Folder next = entered(here, name);
                    here.close();
                    here = next;
                }
            }
            return Optional.of(here);
        } catch (IOException | RuntimeException e) {
            here.close();
            throw e;
        }
    }

    /**
     * Where the path's file is or would be, for reading: empty when a directory on the way is missing or is none, or a
     * link leads where it may not. With {@link Links#FOLLOW} a link in the last place is followed too.
     */
    Optional<Place> find(SafePath path) throws IOException {
        try {
            Optional<Place> place = placed(path);
            if (links == Links.SKIP || place.isEmpty()) {
                return place;
            }
            Optional<BasicFileAttributes> seen = place.get().stat();
            if (seen.isEmpty() || !seen.get().isSymbolicLink()) {
                return place;
            }
            List<Path> real;
            try (Place link = place.get()) {
                real = followed(link.path(), 1);
            }
            if (real.isEmpty()) {
                return Optional.empty();
            }
            int last = real.size() - 1;
            return placed(new SafePath(path.key(), real.subList(0, last), real.get(last), false));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileProblem e) {
            if (e.kind() != FileProblem.Kind.UNFIT_KEY) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Optional<Place> placed(SafePath path) throws IOException {
        return descend(path, Guide.LOOK).map(folder -> new Place(folder, path.name()));
    }

    private static Folder entered(Folder folder, Path name) throws IOException {
        try {
            return folder.enter(name);
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            if (folder.stat(name).map(BasicFileAttributes::isDirectory).orElse(false)) {
                throw e;
            }
            throw FileProblem.unfit(
                    "'" + Displays.escaped(name.toString()) + "' is not a directory here, so nothing can be in it");
        }
    }

    /** The names that lead from the root to a link's target. */
    private List<Path> followed(Path link, int count) throws IOException {
        String shown = Displays.escaped(String.valueOf(link.getFileName()));
        if (links == Links.SKIP || count > MAX_LINKS) {
            throw FileProblem.unfit("'" + shown + "' is a symbolic link here");
        }
        return inside(link)
                .orElseThrow(
                        () -> FileProblem.unfit("'" + shown + "' is a symbolic link that leads out of the directory"));
    }

    /** The names that lead from the root to the real place of {@code path}; empty when that is not inside or is ours. */
    Optional<List<Path>> inside(Path path) throws IOException {
        Path realRoot = root.toRealPath();
        Path real = path.toRealPath();
        if (!real.startsWith(realRoot)) {
            return Optional.empty();
        }
        List<Path> names = new ArrayList<>();
        if (!real.equals(realRoot)) {
            realRoot.relativize(real).forEach(names::add);
        }
        boolean ours = !names.isEmpty() && names.get(0).toString().equals(Stage.CONTROL);
        return ours ? Optional.empty() : Optional.of(names);
    }
}
