package dev.replicator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSearchTest {
    private static final String FILE = Setup.withJob("");

    @TempDir
    Path directory;

    Setup setup;

    @BeforeEach
    void setUp() {
        setup = new Setup(directory);
    }

    @Test
    void theFirstFileThatIsThereWins() throws Exception {
        Path system = setup.write("etc/replicator.yaml", FILE);
        Path user = setup.write("home/.config/replicator/config.yaml", FILE);
        Path xdg = setup.write("xdg/replicator/config.yaml", FILE);
        Path here = setup.write("replicator.yaml", FILE);
        Path named = setup.write("named.yaml", FILE);
        Path explicit = setup.write("explicit.yaml", FILE);
        setup.with("REPLICATOR_CONFIG", "named.yaml")
                .with("XDG_CONFIG_HOME", directory.resolve("xdg").toString())
                .with("HOME", directory.resolve("home").toString());

        assertThat(setup.loader().load(Optional.of(Path.of("explicit.yaml"))).file())
                .contains(explicit);
        assertThat(setup.load().file()).contains(named);
        setup.environment.remove("REPLICATOR_CONFIG");
        assertThat(setup.load().file()).contains(here);
        Files.delete(here);
        assertThat(setup.load().file()).contains(xdg);
        setup.environment.remove("XDG_CONFIG_HOME");
        assertThat(setup.load().file()).contains(user);
        Files.delete(user);
        assertThat(setup.load().file()).contains(system);
        Files.delete(system);
        assertThat(setup.load().file()).isEmpty();
    }

    @Test
    void aRelativeXdgDirectoryDoesNotCount() {
        setup.write("xdg/replicator/config.yaml", FILE);
        setup.with("XDG_CONFIG_HOME", "xdg");

        assertThat(setup.load().file()).isEmpty();
    }

    @Test
    void aFileThatWasNamedMustBeThere() {
        assertThatThrownBy(() -> setup.loader().load(Optional.of(Path.of("gone.yaml"))))
                .isInstanceOf(ConfigException.class)
                .hasMessage(directory.resolve("gone.yaml") + ": there is no such file");

        setup.write("replicator.yaml", FILE);
        setup.with("REPLICATOR_CONFIG", "gone.yaml");
        assertThatThrownBy(setup::load)
                .isInstanceOf(ConfigException.class)
                .hasMessage("REPLICATOR_CONFIG: " + directory.resolve("gone.yaml") + ": there is no such file");

        setup.with("REPLICATOR_CONFIG", "\u0000");
        assertThatThrownBy(setup::load)
                .isInstanceOf(ConfigException.class)
                .hasMessage("REPLICATOR_CONFIG holds no path");
    }

    @Test
    void aDirectoryInPlaceOfTheFileIsTold() throws Exception {
        Files.createDirectory(directory.resolve("replicator.yaml"));

        assertThatThrownBy(setup::load)
                .isInstanceOf(ConfigException.class)
                .hasMessage("replicator.yaml: is a directory, not a configuration file");
    }

    @Test
    void anEmptyVariableNamesNothing() {
        setup.write("replicator.yaml", FILE);
        setup.with("REPLICATOR_CONFIG", " ");

        assertThat(setup.load().file()).isPresent();
    }

    @Test
    void aFileOutsideTheWorkingDirectoryIsShownWithItsWholePath(@TempDir Path elsewhere) {
        Path file = new Setup(elsewhere).write("x.yaml", "nonsense: 1");

        assertThatThrownBy(() -> setup.loader().load(Optional.of(file)))
                .hasMessage(file + ":1:1: unknown key 'nonsense' in the file");
    }
}
