package dev.replicator.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked and used as its first user would. */
class ArchiveTest {
    @TempDir
    static Path directory;

    private static Shell shell;
    private static Path home;

    @BeforeAll
    static void unpack() throws IOException {
        shell = new Shell(
                directory, Map.of("HOME", directory.toString(), "JAVA_HOME", System.getProperty("java.home")));
        home = unpacked(Files.createDirectories(directory.resolve("place")));
    }

    private static Path unpacked(Path place) {
        Shell.Ended ended = shell.run("tar", "-xzf", Packed.archive(".tar.gz").toString(), "-C", place.toString());
        assertThat(ended.code()).as(ended.text()).isZero();
        return place.resolve("replicator-" + Packed.VERSION);
    }

    private static Shell.Ended replicator(String... words) {
        return shell.run(Stream.concat(Stream.of(home.resolve("bin/replicator").toString()), Stream.of(words))
                .toList());
    }

    private static Set<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void itHoldsWhatPeopleLookFor() throws IOException {
        assertThat(names(home))
                .containsExactlyInAnyOrder(
                        "bin",
                        "lib",
                        "man",
                        "completion",
                        "replicator.cdx.json",
                        "LICENSE",
                        "README.md",
                        "CHANGELOG.md");
        assertThat(names(home.resolve("man/man1"))).contains("replicator.1", "replicator-sync.1");
    }

    @Test
    void itHasTheLibrariesOfTheCommandAndNoOther() throws IOException {
        Set<String> libraries = names(Path.of("../cli/target/lib"));
        libraries.addAll(Set.of("replicator-cli-" + Packed.VERSION + ".jar", "replicator.jar", "jvm.options"));

        Set<String> packed = names(home.resolve("lib"));
        packed.removeIf(name -> name.endsWith(".jsa"));
        assertThat(packed).isEqualTo(libraries);
    }

    @Test
    void itSyncs() throws IOException {
        Path source = Files.createDirectories(directory.resolve("source"));
        Files.writeString(source.resolve("a"), "content");

        Shell.Ended version = replicator("--version");
        Shell.Ended sync = replicator("sync", "source", "destination");

        assertThat(version.code()).isZero();
        assertThat(version.text()).startsWith("replicator " + Packed.VERSION);
        assertThat(sync.code()).as(sync.text()).isZero();
        assertThat(directory.resolve("destination/a")).hasContent("content");
    }

    @Test
    void anArchiveOfClassesIsMadeAndUsed() throws IOException {
        Shell.Ended made = shell.run(home.resolve("bin/replicator-archive").toString());
        assertThat(made.code()).as(made.text()).isZero();
        Path archive = home.resolve("lib/replicator.jsa");
        assertThat(archive).exists();
        assertThat(home.resolve("lib/replicator-serve.jsa")).exists();

        Shell counting = new Shell(
                directory,
                Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "REPLICATOR_JAVA_OPTS",
                        "-Xlog:class+load:stdout"));
        Shell.Ended help = counting.run(home.resolve("bin/replicator").toString(), "help");
        assertThat(help.text()).containsPattern("dev\\.replicator\\.cli\\.Main source: shared objects file \\(top\\)");
    }

    /** There a Java of today takes no classes from the archive, and starts without. */
    @Test
    void aSpaceInThePlacesNameIsNoTrouble() throws IOException {
        Path spaced = unpacked(Files.createDirectories(directory.resolve("a place")));

        Shell.Ended version = shell.run(spaced.resolve("bin/replicator").toString(), "--version");

        assertThat(version.code()).isZero();
        assertThat(version.text()).startsWith("replicator " + Packed.VERSION);
    }

    @Test
    void whereNoJavaIsThatIsSaid() {
        Shell without = new Shell(directory, Map.of("JAVA_HOME", directory.toString()));

        Shell.Ended ended = without.run(home.resolve("bin/replicator").toString(), "--version");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.text()).contains("install Java 17 or newer");
    }

    @Test
    void aShellTakesTheCompletion() {
        Shell.Ended ended = shell.run(List.of(
                "bash", "-c", "source '" + home.resolve("completion/replicator.bash") + "' && complete -p replicator"));

        assertThat(ended.code()).as(ended.text()).isZero();
        assertThat(ended.text()).contains("replicator");
    }

    @Test
    void theSumsAreThoseOfTheFiles() {
        Shell.Ended ended = new Shell(Packed.DIRECTORY, Map.of()).run("sha256sum", "--check", "--strict", "SHA256SUMS");

        assertThat(ended.code()).as(ended.text()).isZero();
        assertThat(ended.text())
                .contains(
                        "replicator-" + Packed.VERSION + ".tar.gz: OK",
                        "replicator-" + Packed.VERSION + ".zip: OK",
                        Packed.debian().getFileName() + ": OK");
    }
}
