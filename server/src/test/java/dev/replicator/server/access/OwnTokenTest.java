package dev.replicator.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.replicator.config.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnTokenTest {
    @TempDir
    Path directory;

    @BeforeEach
    void onPosix() {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
    }

    @Test
    void itIsMadeOnceForItsOwnerOnlyAndUsedAgain() throws IOException {
        OwnToken first = OwnToken.in(directory.resolve("a/b"));
        OwnToken second = OwnToken.in(directory.resolve("a/b"));

        assertThat(second.token()).isEqualTo(first.token()).hasSize(43);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.file())))
                .isEqualTo("rw-------");
        assertThat(first.asAccessToken().role()).isEqualTo(Role.ADMIN);
        assertThat(first.asAccessToken().sha256()).isEqualTo(Secrets.sha256(first.token()));
        assertThat(first.toString()).doesNotContain(first.token());
        try (Stream<Path> files = Files.list(directory.resolve("a/b"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aFileThatOthersCanReadIsRefused() throws IOException {
        Path file = OwnToken.in(directory).file();
        for (String mode : new String[] {"rw-r-----", "rw----r--", "rw-----w-", "rwx--x---"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertThatThrownBy(() -> OwnToken.in(directory))
                    .isInstanceOf(UnsafeTokenException.class)
                    .hasMessageContaining("chmod 600");
        }
    }

    @Test
    void aLinkIsRefusedEvenToAFileThatIsFine() throws IOException {
        Path real = Files.move(OwnToken.in(directory).file(), directory.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve(OwnToken.FILE_NAME), real);

        assertThatThrownBy(() -> OwnToken.in(directory))
                .isInstanceOf(UnsafeTokenException.class)
                .hasMessageContaining("link");
        Files.delete(real);
        assertThatThrownBy(() -> OwnToken.in(directory)).isInstanceOf(UnsafeTokenException.class);
        assertThat(real).doesNotExist();
    }

    @Test
    void anEmptyOrEndlessFileIsRefused() throws IOException {
        Path file = OwnToken.in(directory).file();
        for (String content : new String[] {"", "short", "x".repeat(10_000)}) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> OwnToken.in(directory)).isInstanceOf(UnsafeTokenException.class);
        }
        Files.delete(file);
        Files.createDirectory(file);
        assertThatThrownBy(() -> OwnToken.in(directory)).isInstanceOf(UnsafeTokenException.class);
    }

    @Test
    void aClientOfTheSameMachineMakesNone() {
        assertThatThrownBy(() -> OwnToken.existing(directory)).isInstanceOf(UncheckedIOException.class);
        assertThat(directory).isEmptyDirectory();
        assertThat(OwnToken.existing(OwnToken.in(directory).file().getParent()).token())
                .isNotEmpty();
    }

    @Test
    void serversThatStartTogetherAgree() throws InterruptedException {
        Set<String> tokens = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 32; i++) {
            threads.execute(() -> tokens.add(OwnToken.in(directory).token()));
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(tokens).hasSize(1);
    }
}
