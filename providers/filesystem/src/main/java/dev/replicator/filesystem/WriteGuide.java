package dev.replicator.filesystem;

import dev.replicator.store.Displays;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;

/** Leads one write down: makes missing directories, minds spelling, and sees whether strangers could change the way. */
final class WriteGuide implements Tree.Guide {
    private final Stage stage;
    private final Folder tmp;
    private final Optional<UserPrincipal> me;
    private boolean isOurs = true;

    /** @param me who owns the files that this process makes; empty where files have no owners */
    WriteGuide(Stage stage, Folder tmp, Optional<UserPrincipal> me) {
        this.stage = stage;
        this.tmp = tmp;
        this.me = me;
    }

    /** Whether only this user and root can swap a directory on the way for a link. */
    boolean isOurs() {
        return isOurs;
    }

    /** Minds spelling as this guide does, and makes nothing. */
    Tree.Guide onlyLooking() {
        return new Tree.Guide() {
            @Override
            public boolean make(Folder folder, Path name) {
                return false;
            }

            @Override
            public void pass(Folder folder, Path name) throws IOException {
                checkSpelling(folder, name);
            }
        };
    }

    @Override
    public boolean make(Folder folder, Path name) throws IOException {
        stage.makeFolder(tmp, folder, name);
        return true;
    }

    @Override
    public void pass(Folder folder, Path name) throws IOException {
        checkSpelling(folder, name);
        if (me.isPresent()) {
            isOurs &= isOurs(folder, me.get());
        }
    }

    /** Whether only this user and root can change what is in that directory. */
    static boolean isOurs(Folder folder, UserPrincipal me) throws IOException {
        Optional<PosixFileAttributes> seen = folder.permissions();
        return seen.isEmpty() || isOurs(seen.get(), me);
    }

    /** On a filesystem that folds case: refuses a name that is there in another spelling. */
    void checkSpelling(Folder folder, Path name) throws IOException {
        if (!stage.foldsCase() || folder.stat(name).isEmpty()) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path())) {
            for (Path entry : entries) {
                if (String.valueOf(entry.getFileName()).equals(name.toString())) {
                    return;
                }
            }
        }
        throw FileProblem.unfit("'" + Displays.escaped(name.toString())
                + "' is here in another spelling, and this filesystem takes both for one name");
    }

    private static boolean isOurs(PosixFileAttributes folder, UserPrincipal me) {
        boolean strangersWrite = folder.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || folder.permissions().contains(PosixFilePermission.OTHERS_WRITE);
        UserPrincipal owner = folder.owner();
        return !strangersWrite && (owner.equals(me) || owner.getName().equals("root"));
    }
}
