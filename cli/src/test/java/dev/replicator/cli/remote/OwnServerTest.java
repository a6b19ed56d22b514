package dev.replicator.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnServerTest {
    private static final URI ADDRESS = URI.create("http://127.0.0.1:8080/");

    @TempDir
    Path state;

    @BeforeEach
    void note() throws IOException {
        Files.writeString(OwnServer.note(state), ADDRESS + "\n");
    }

    @Test
    void aLivingServerIsFoundByItsNote() throws IOException {
        try (OwnServer.Claim claim = OwnServer.claim(state)) {
            assertThat(claim.isHeld()).isTrue();
            assertThat(OwnServer.address(state)).contains(ADDRESS);
        }
    }

    @Test
    void theNoteOfADeadServerIsNotBelieved() throws IOException {
        assertThat(OwnServer.address(state)).isEmpty();

        OwnServer.claim(state).close();
        assertThat(OwnServer.address(state)).isEmpty();
    }

    @Test
    void aSecondServerDoesNotGetTheClaim() throws IOException {
        try (OwnServer.Claim first = OwnServer.claim(state);
                OwnServer.Claim second = OwnServer.claim(state)) {
            assertThat(first.isHeld()).isTrue();
            assertThat(second.isHeld()).isFalse();
        }
    }

    /** Who may read a file may lock it, and could make a dead server's note believed. */
    @Test
    void aLockThatOthersMayTouchSaysNothing() throws IOException {
        try (OwnServer.Claim claim = OwnServer.claim(state)) {
            assertThat(claim.isHeld()).isTrue();
            Path lock = state.resolve("server-address.lock");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lock)))
                    .isEqualTo("rw-------");
            Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-r--r--"));

            assertThat(OwnServer.address(state)).isEmpty();
        }
    }

    /** Two commands at once ask about a dead server; each runs in a process of its own. */
    @Test
    void whoAsksIsNotTakenForTheServer() throws Exception {
        OwnServer.claim(state).close();
        Path lock = state.resolve("server-address.lock");
        Process asking = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Asking.class.getName(),
                        lock.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(asking.getInputStream().read()).isEqualTo('!');

            assertThat(OwnServer.address(state)).isEmpty();
        } finally {
            asking.destroyForcibly();
        }
    }

    /** Holds the lock as one who asks does, until it is ended. */
    static final class Asking {
        private Asking() {}

        public static void main(String[] words) throws Exception {
            try (FileChannel channel = FileChannel.open(Path.of(words[0]), StandardOpenOption.READ);
                    FileLock lock = channel.lock(0, Long.MAX_VALUE, true)) {
                System.out.print(lock.isValid() ? "!" : "?");
                System.out.flush();
                new CountDownLatch(1).await(60, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void whatIsNoAddressIsNone() throws IOException {
        Files.writeString(OwnServer.note(state), "no address at all\n");

        try (OwnServer.Claim claim = OwnServer.claim(state)) {
            assertThat(claim.isHeld()).isTrue();
            assertThat(OwnServer.address(state)).isEmpty();
        }
    }
}
