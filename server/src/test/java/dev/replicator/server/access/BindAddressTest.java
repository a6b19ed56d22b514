package dev.replicator.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.config.ConfigException;
import dev.replicator.server.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindAddressTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "::ffff:192.0.2.1"})
    void whereOthersReachItSomebodyMustBeNamed(String host) {
        assertThatThrownBy(() -> BindAddress.of(TestServer.settings(host, "/", List.of(), List.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("server.listen " + host)
                .hasMessageContaining("server.tokens");
        assertThat(BindAddress.of(TestServer.settings(host, "/", List.of(), TestServer.allRoles()))
                        .getPort())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.8.8.8"})
    void onThisMachineAloneNobodyMust(String host) {
        assertThat(BindAddress.of(TestServer.settings(host, "/", List.of(), List.of()))
                        .getAddress()
                        .isLoopbackAddress())
                .isTrue();
    }

    @Test
    void aServerThatWouldBeOpenDoesNotStartAndMakesNoToken() {
        assertThatThrownBy(() -> TestServer.in(
                        directory,
                        settings -> TestServer.settings("0.0.0.0", "/", List.of(), List.of()),
                        java.time.Clock.systemUTC(),
                        TestServer.LAX))
                .isInstanceOf(ConfigException.class);
        assertThat(directory.resolve("state")).doesNotExist();
    }
}
