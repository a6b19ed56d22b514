package dev.replicator.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void whatIsNoAddressIsNone() throws IOException {
        Files.writeString(OwnServer.note(state), "no address at all\n");

        try (OwnServer.Claim claim = OwnServer.claim(state)) {
            assertThat(claim.isHeld()).isTrue();
            assertThat(OwnServer.address(state)).isEmpty();
        }
    }
}
