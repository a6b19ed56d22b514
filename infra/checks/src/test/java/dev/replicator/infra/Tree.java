package dev.replicator.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The source tree, wherever inside it the tests are run. */
public final class Tree {
    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules", "secrets");

    private Tree() {}

    public static Path root() {
        Path place = Path.of("").toAbsolutePath();
        while (!Files.exists(place.resolve("mvnw"))) {
            place = place.getParent();
        }
        return place;
    }

    public static Path file(String path) {
        return root().resolve(path);
    }

    public static String text(String path) {
        return text(file(path));
    }

    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A YAML file with what it merges ({@code <<}) merged, under YAML 1.1's rules. */
    public static JsonNode yaml(String path) {
        Object loaded = new Yaml().load(text(path));
        return new ObjectMapper().valueToTree(loaded);
    }

    /** Files under that folder whose name ends so; nothing that a build makes. */
    public static List<Path> files(Path folder, String ending) {
        try (Stream<Path> names = Files.list(folder)) {
            return names.sorted()
                    .filter(path -> !NOT_OURS.contains(path.getFileName().toString()))
                    .flatMap(path -> Files.isDirectory(path) ? files(path, ending).stream() : Stream.of(path))
                    .filter(path -> path.getFileName().toString().endsWith(ending))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a folder with all that is in it. */
    public static void copy(Path from, Path to) {
        files(from, "").forEach(file -> {
            Path copy = to.resolve(from.relativize(file).toString());
            try {
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
