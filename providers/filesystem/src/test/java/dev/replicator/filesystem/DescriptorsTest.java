package dev.replicator.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.replicator.store.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every descriptor that is opened is closed, once, whatever lies in the way. */
class DescriptorsTest {
    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final int ROUNDS = 200;

    @TempDir
    Path root;

    private static long open() throws IOException {
        try (Stream<Path> descriptors = Files.list(OPEN)) {
            return descriptors.count();
        }
    }

    @Test
    void aFileWhereADirectoryShouldBeCostsNone() throws IOException {
        assumeTrue(Files.isDirectory(OPEN), "skipped: this system doesn't tell what is open");
        Bucket bucket = Bucket.at(root);
        bucket.write("k", "a file");
        long before = open();

        for (int round = 0; round < ROUNDS; round++) {
            assertThatThrownBy(() -> bucket.write("k/below", "x")).isInstanceOf(InvalidRequestException.class);
            assertThat(bucket.head("k/below")).isEmpty();
        }

        assertThat(open()).isLessThan(before + ROUNDS / 4);
    }
}
