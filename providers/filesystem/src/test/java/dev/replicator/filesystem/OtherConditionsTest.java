package dev.replicator.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another locale, another user, a full disk: each in a JVM of its own. */
class OtherConditionsTest {
    @TempDir
    Path root;

    @TempDir
    Path classes;

    private Bucket bucket;
    private ForkedJvm jvm;

    @BeforeEach
    void open() throws IOException {
        bucket = Bucket.at(root);
        jvm = new ForkedJvm(classes);
        ForkedJvm.open(root);
    }

    @Test
    void seesAndWritesEveryUtf8NameWhateverTheLocale() throws Exception {
        bucket.file("é/日本 😀.txt", "12345");

        List<String> lines = jvm.run(
                List.of(),
                "C",
                root,
                "list",
                "read",
                "%C3%A9%2F%E6%97%A5%E6%9C%AC+%F0%9F%98%80.txt",
                "write",
                "%C3%BC.txt",
                "3",
                "list");

        String astral = "%C3%A9%2F%E6%97%A5%E6%9C%AC+%F0%9F%98%80.txt 5 NONE";
        assertThat(lines.get(0)).isEqualTo(astral);
        assertThat(lines).contains("read 5", "written", "%C3%BC.txt 3 NONE", "complete");
        assertThat(bucket.content("ü.txt")).isEqualTo("xxx");
    }

    @Test
    void notesWhatItMayNotReadAndKnowsThatItSawNotAll() throws Exception {
        bucket.file("a", "open");
        Files.setPosixFilePermissions(bucket.file("b", "closed"), PosixFilePermissions.fromString("rw-------"));
        bucket.file("closed/x", "hidden");
        Files.setPosixFilePermissions(root.resolve("closed"), PosixFilePermissions.fromString("rwx------"));
        bucket.file("z", "open");

        List<String> lines = jvm.run(stranger(), "C.UTF-8", root, "list", "read", "a", "read", "b");

        assertThat(lines)
                .containsExactly(
                        "a 4 NONE",
                        "b 6 UNREADABLE",
                        "closed%2F 0 UNREADABLE",
                        "z 4 NONE",
                        "incomplete",
                        "read 4",
                        "AccessDeniedException");
    }

    @Test
    void namesWhatItSeesInADirectoryThatItMayNotEnter() throws Exception {
        bucket.file("half/x", "hidden");
        Files.setPosixFilePermissions(root.resolve("half"), PosixFilePermissions.fromString("rwxr--r--"));

        List<String> lines = jvm.run(stranger(), "C.UTF-8", root, "list");

        assertThat(lines).containsExactly("half%2Fx 0 UNREADABLE", "incomplete");
    }

    @Test
    void isDeniedAWriteWhereItMayNotWrite() throws Exception {
        List<String> lines = jvm.run(stranger(), "C.UTF-8", root, "write", "a", "5");

        assertThat(lines).containsExactly("AccessDeniedException", "temporary files: 0");
        assertThat(bucket.keys()).isEmpty();
    }

    /** Root may do everything; as anybody else, the tests' own files are closed to themselves only by their mode. */
    private List<String> stranger() throws IOException {
        if (ForkedJvm.isRoot()) {
            return List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        }
        for (String closed : List.of("b", "closed", "half")) {
            if (Files.exists(root.resolve(closed))) {
                String mode = closed.equals("half") ? "r--r--r--" : "---------";
                Files.setPosixFilePermissions(root.resolve(closed), PosixFilePermissions.fromString(mode));
            }
        }
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("r-xr-xr-x"));
        return List.of();
    }

    @Test
    void leavesNoTraceOfAWriteThatFillsTheDisk() throws Exception {
        String inner = "mount -t tmpfs -o size=1m tmpfs '" + root + "' && exec \"$@\"";
        List<String> wrapper = ForkedJvm.isRoot()
                ? List.of("unshare", "-m", "sh", "-c", inner, "sh")
                : List.of("unshare", "-rm", "sh", "-c", inner, "sh");

        List<String> lines = jvm.run(
                wrapper, "C.UTF-8", root, "write", "a", "1000", "write", "b", "2000000", "write", "a", "3000000",
                "list");

        assertThat(lines)
                .containsExactly(
                        "written",
                        "temporary files: 0",
                        "NoSpaceException",
                        "temporary files: 0",
                        "NoSpaceException",
                        "temporary files: 0",
                        "a 1000 NONE",
                        "complete");
    }
}
