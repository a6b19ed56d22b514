package dev.replicator.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.NoSpaceException;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileErrorsTest {
    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(new NoSuchFileException("x"), ObjectNotFoundException.class),
                Arguments.of(new java.nio.file.AccessDeniedException("x"), AccessDeniedException.class),
                Arguments.of(reason("Operation not permitted"), AccessDeniedException.class),
                Arguments.of(reason("Read-only file system"), AccessDeniedException.class),
                Arguments.of(new IOException("No space left on device"), NoSpaceException.class),
                Arguments.of(reason("Disk quota exceeded"), NoSpaceException.class),
                Arguments.of(reason("File name too long"), InvalidRequestException.class),
                Arguments.of(new IOException("File too large"), InvalidRequestException.class),
                Arguments.of(
                        new AtomicMoveNotSupportedException("a", "b", "cross-device"), InvalidRequestException.class),
                Arguments.of(reason("Stale file handle"), TransientStoreException.class),
                Arguments.of(reason("Too many open files"), TransientStoreException.class),
                Arguments.of(new IOException("Input/output error"), CorruptObjectException.class),
                Arguments.of(new IOException(), CorruptObjectException.class));
    }

    private static IOException reason(String reason) {
        return new FileSystemException("x", null, reason);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void becomeWhatTheyMean(IOException error, Class<? extends StoreException> meaning) {
        StoreException translated = FileErrors.translate("head", Path.of("/bucket"), "key", error);

        assertThat(translated)
                .isInstanceOf(meaning)
                .hasCause(error)
                .hasMessageContaining("head key in file:///bucket: ");
    }

    @Test
    void setAnInterruptAgain() {
        StoreException translated =
                FileErrors.translate("read", Path.of("/bucket"), "key", new ClosedByInterruptException());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(translated).isInstanceOf(TransientStoreException.class);
    }

    @Test
    void showHostileNamesOnOneLineWithoutEscapeSequences() {
        StoreException translated = FileErrors.translate(
                "read", Path.of("/b\n"), "a\u001b[2J\nFAKE", new IOException("bad\u001b[0m\nFAKE"));

        assertThat(translated.getMessage()).doesNotContain("\n", "\u001b");
    }
}
