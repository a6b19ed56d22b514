package dev.replicator.infra.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.infra.Program;
import dev.replicator.infra.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Terraform in a copy of some of its files: nothing is left in the source tree, and copies may be broken on purpose. A module
 * without providers and modules needs no {@code init}.
 */
record Terraform(Path binary, Path copy) {
    static final Path FILES = Tree.file("infra/terraform");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of a folder below {@code infra/terraform}; the test is skipped where there is no Terraform. */
    static Terraform inCopyOf(String folder, Path temporary) {
        Path binary = Program.needed("terraform");
        try {
            Path copy = Files.createTempDirectory(temporary, "copy");
            Tree.copy(FILES.resolve(folder), copy);
            return new Terraform(binary, copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folders of those modules that need no provider: they have tests. */
    static List<String> logic() {
        return Tree.files(FILES, ".tftest.hcl").stream()
                .map(test -> FILES.relativize(test.getParent().getParent()).toString())
                .distinct()
                .sorted()
                .toList();
    }

    /** The same with a text of a file replaced, which has to be there. */
    Terraform breaking(String file, String text, String by) {
        Path path = copy.resolve(file);
        String before = Tree.text(path);
        assertThat(before).as(file).contains(text);
        try {
            Files.writeString(path, before.replace(text, by));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Program.Ended isFormatted() {
        return run("fmt", "-check", "-recursive", "-diff");
    }

    Program.Ended test() {
        return run("test", "-no-color");
    }

    /** What the module puts out, with these variables. */
    JsonNode outputs(Map<String, ?> variables) {
        try {
            Files.writeString(copy.resolve("these.auto.tfvars.json"), JSON.writeValueAsString(variables));
            Program.Ended ended = run("apply", "-auto-approve", "-input=false", "-no-color");
            assertThat(ended.exit()).as(ended.said()).isZero();
            return JSON.readTree(Tree.text(copy.resolve("terraform.tfstate"))).path("outputs");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode parsed(JsonNode text) {
        try {
            return JSON.readTree(text.asText());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Program.Ended run(String... words) {
        return Program.of(copy, binary.toString())
                .words(words)
                .with("CHECKPOINT_DISABLE", "1")
                .run();
    }
}
