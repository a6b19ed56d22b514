package dev.replicator.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.ObjectKey;
import dev.replicator.store.Precondition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a power cut a deleted object must not be back: the directory it left is made durable, once. */
class DurableDeleteTest {
    @TempDir
    Path root;

    private final List<String> steps = new ArrayList<>();

    /** What was removed and made durable, in order, relative to the root. */
    private List<String> stepsOfDeleting(String key) {
        FileStore store = Bucket.watched(root, Folder::open, (step, folder) -> {
            if (step.equals("sync") || step.startsWith("delete")) {
                steps.add(step + " in /" + root.relativize(folder));
            }
        });
        store.delete(ObjectKey.of(key), Precondition.none());
        return steps;
    }

    @Test
    void theParentIsSyncedBehindTheDelete() {
        Bucket bucket = Bucket.at(root);
        bucket.write("a/x", "1");
        bucket.write("a/y", "2");

        assertThat(stepsOfDeleting("a/x")).containsExactly("deleteFile in /a", "deleteFolder in /", "sync in /a");
    }

    @Test
    void onlyTheDirectoryThatStaysIsSyncedWhenEmptyOnesGo() {
        Bucket bucket = Bucket.at(root);
        bucket.write("a/b/c/x", "1");
        bucket.write("a/y", "2");

        assertThat(stepsOfDeleting("a/b/c/x"))
                .containsExactly(
                        "deleteFile in /a/b/c",
                        "deleteFolder in /a/b",
                        "deleteFolder in /a",
                        "deleteFolder in /",
                        "sync in /a");
    }

    @Test
    void theRootIsSyncedToo() {
        Bucket.at(root).write("x", "1");

        assertThat(stepsOfDeleting("x")).containsExactly("deleteFile in /", "sync in /");
    }

    @Test
    void aFolderMarkersDeleteIsDurableToo() {
        Bucket.at(root).write("a/b/", "");
        Bucket.at(root).write("a/x", "1");

        assertThat(stepsOfDeleting("a/b/")).contains("deleteFolder in /a").endsWith("sync in /a");
    }

    @Test
    void whatWasNotThereIsNotSynced() {
        Bucket.at(root).write("x", "1");

        assertThat(stepsOfDeleting("y")).isEmpty();
    }
}
