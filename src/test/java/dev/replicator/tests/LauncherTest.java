package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code replicator} of the source tree, in trees of the test's own: nothing of the real one is built. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final Path ROOT = root();

    @TempDir
    Path directory;

    private Path home;
    private Path elsewhere;

    /** Stands in for the command: tells what it was given. */
    static final class Stub {
        private Stub() {}

        public static void main(String[] words) {
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            out.println("words=" + List.of(words));
            out.println("directory=" + System.getProperty("user.dir"));
            out.println("program=" + System.getProperty("replicator.program"));
            System.exit(words.length > 0 && words[0].equals("fails") ? 5 : 0);
        }
    }

    private static Path root() {
        Path place = Path.of("").toAbsolutePath();
        while (!Files.exists(place.resolve("mvnw"))) {
            place = place.getParent();
        }
        return place;
    }

    @BeforeEach
    void aTreeWithSpacesInItsName() throws IOException {
        home = Files.createDirectories(directory.resolve("a tree/of sources"));
        elsewhere = Files.createDirectories(directory.resolve("else where"));
        Files.copy(ROOT.resolve("replicator"), home.resolve("replicator"));
        Path settings = Path.of("cli/src/main/launcher/jvm.options");
        Files.createDirectories(home.resolve(settings).getParent());
        Files.copy(ROOT.resolve(settings), home.resolve(settings));
        assertThat(home.resolve("replicator").toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Path mvnw = Files.writeString(home.resolve("mvnw"), """
                #!/bin/sh
                echo "$@" >>builds.txt
                mkdir -p cli/target/lib && cp stub.jar cli/target/replicator-cli-0.jar
                """);
        assertThat(mvnw.toFile().setExecutable(true)).isTrue();
        stub(home.resolve("stub.jar"));
    }

    private static void stub(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Stub.class.getName());
        String entry = Stub.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream bytes = LauncherTest.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            assertThat(bytes).isNotNull();
            bytes.transferTo(out);
            out.closeEntry();
        }
    }

    private record Ended(int exit, String out, String err) {}

    private Ended run(Path program, String... words) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(elsewhere.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        List.of("JAVA_OPTS", "REPLICATOR_JAVA_OPTS", "JAVA_TOOL_OPTIONS").forEach(builder.environment()::remove);
        Process process = builder.start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end: " + Files.readString(err));
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private long builds() throws IOException {
        Path builds = home.resolve("builds.txt");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    @Test
    void theFirstUseBuildsAndTheSecondDoesNot() throws Exception {
        Ended first = run(home.resolve("replicator"), "sync", "a b", "c");
        Ended second = run(home.resolve("replicator"), "--version");

        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.out()).startsWith("words=[sync, a b, c]\n");
        assertThat(first.err()).contains("building");
        assertThat(second.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void newerSourcesAreBuiltAgain() throws Exception {
        run(home.resolve("replicator"));
        Path source = Files.createDirectories(home.resolve("cli/src/main")).resolve("A.java");
        Files.writeString(source, "");
        Files.setLastModifiedTime(
                source,
                java.nio.file.attribute.FileTime.from(java.time.Instant.now().plusSeconds(5)));

        run(home.resolve("replicator"));

        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void itRunsWhereItsCallerIsAndThroughLinks() throws Exception {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path absolute = Files.createSymbolicLink(bin.resolve("absolute"), home.resolve("replicator"));
        Path relative = Files.createSymbolicLink(bin.resolve("relative"), Path.of("absolute"));

        Ended ended = run(relative, "plan");

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains("words=[plan]")
                .contains("directory=" + elsewhere.toRealPath())
                .contains("program=" + relative);
        assertThat(run(absolute, "plan").exit()).isZero();
    }

    @Test
    void theCommandsExitCodeIsTheScripts() throws Exception {
        assertThat(run(home.resolve("replicator"), "fails").exit()).isEqualTo(5);
    }

    @Test
    void aBuildThatFailsIsTold() throws Exception {
        Files.writeString(home.resolve("mvnw"), "#!/bin/sh\nexit 1\n");

        Ended ended = run(home.resolve("replicator"), "plan");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("the build failed");
    }

    @Test
    void theBuiltCommandTellsItsVersionAndItsHelp() throws Exception {
        Path built = ROOT.resolve("cli/target");
        Optional<Path> jar = builtJar(built);
        assumeTrue(jar.isPresent() && Files.isDirectory(built.resolve("lib")), "the command is not built");
        Path target = Files.createDirectories(home.resolve("cli/target"));
        Files.createSymbolicLink(target.resolve(jar.orElseThrow().getFileName()), jar.orElseThrow());
        Files.createSymbolicLink(target.resolve("lib"), built.resolve("lib"));
        Files.delete(home.resolve("pom.xml"));

        Ended version = run(home.resolve("replicator"), "--version");
        Ended help = run(home.resolve("replicator"), "--help");

        assertThat(version.exit()).as(version.err()).isZero();
        assertThat(version.out()).startsWith("replicator ");
        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("sync").contains("validate").contains("hook");
        assertThat(builds()).isZero();
    }

    private static Optional<Path> builtJar(Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(
                            file -> file.getFileName().toString().matches("replicator-cli-\\d[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst();
        }
    }
}
