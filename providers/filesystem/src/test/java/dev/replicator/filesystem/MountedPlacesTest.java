package dev.replicator.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.KeyPrefix;
import dev.replicator.store.Overlap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedPlacesTest {
    @TempDir
    Path above;

    @Test
    void seesDirectoriesThatLinksMakeOneOrNest() throws IOException {
        Path real = Files.createDirectories(above.resolve("real/inner"));
        Path alias = Files.createSymbolicLink(above.resolve("alias"), above.resolve("real"));

        assertThat(overlap(above.resolve("real"), "", alias, "")).isTrue();
        assertThat(overlap(alias, "", real, "")).isTrue();
        assertThat(overlap(alias, "inner/", real, "")).isTrue();
        assertThat(overlap(alias, "not/yet/", above.resolve("real/not"), "")).isTrue();
        assertThat(overlap(alias, "other/", real, "")).isFalse();
        assertThat(overlap(above.resolve("real"), "", above.resolve("real2"), ""))
                .isFalse();
    }

    private static boolean overlap(Path one, String here, Path other, String there) {
        return Bucket.at(one)
                .store()
                .role(Overlap.class)
                .orElseThrow()
                .overlaps(KeyPrefix.ofFolder(here), Bucket.at(other).store().bucket(), KeyPrefix.ofFolder(there));
    }
}
