package dev.replicator.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A working directory and an environment of a test's own. */
final class Setup {
    final Path directory;
    final Map<String, String> environment = new HashMap<>();

    Setup(Path directory) {
        this.directory = directory;
    }

    Setup with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path write(String name, String content) {
        return write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Path write(String name, byte[] content) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ConfigLoader loader() {
        return new ConfigLoader(directory, environment, directory.resolve("etc/replicator.yaml"));
    }

    Configuration load() {
        return loader().load(Optional.empty());
    }

    /** Loads a file of this text. */
    Configuration load(String yaml) {
        write("replicator.yaml", yaml);
        return load();
    }

    /** Loads the one job {@code j} of a file: {@code body} are its keys beside source and destination. */
    JobConfig job(String body) {
        return load(withJob(body)).jobs().get("j");
    }

    /** What is wrong with a file of this text. */
    List<String> problems(String yaml) {
        try {
            load(yaml);
            return List.of();
        } catch (ConfigException e) {
            return e.problems();
        }
    }

    static String withJob(String body) {
        return """
                stores:
                  dev: { uri: "s3://dev-bucket" }
                  prod: { uri: "s3://prod-bucket" }
                jobs:
                  j:
                    source: dev
                    destination: prod
                """ + body.indent(4);
    }
}
