package dev.replicator.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package, unpacked beside the system and used. */
class DebianPackageTest {
    @TempDir
    Path directory;

    @BeforeEach
    void debian() {
        assumeTrue(Packed.isThere("dpkg-deb"), "skipped: the Debian package is not unpacked (no dpkg-deb)");
    }

    @Test
    void itTellsWhatItIsAndNeeds() {
        Shell.Ended ended = new Shell(directory, Map.of())
                .run("dpkg-deb", "--info", Packed.debian().toString());

        assertThat(ended.code()).as(ended.text()).isZero();
        assertThat(ended.text()).contains("Package: replicator", "Depends: default-jre-headless (>= 2:1.17)");
    }

    @Test
    void itRuns() throws IOException {
        Shell shell = new Shell(directory, Map.of("JAVA_HOME", System.getProperty("java.home")));
        Shell.Ended unpacked = shell.run("dpkg-deb", "-x", Packed.debian().toString(), "root");
        assertThat(unpacked.code()).as(unpacked.text()).isZero();
        Path root = directory.resolve("root");

        assertThat(Files.readSymbolicLink(root.resolve("usr/bin/replicator")))
                .isEqualTo(Path.of("/usr/lib/replicator/bin/replicator"));
        assertThat(root.resolve("usr/lib/systemd/system/replicator.service")).exists();
        assertThat(root.resolve("usr/share/man/man1/replicator-sync.1")).exists();
        assertThat(root.resolve("usr/share/bash-completion/completions/replicator"))
                .exists();
        Shell.Ended version =
                shell.run(root.resolve("usr/lib/replicator/bin/replicator").toString(), "--version");
        assertThat(version.code()).as(version.text()).isZero();
        assertThat(version.text()).startsWith("replicator " + Packed.VERSION);
    }
}
