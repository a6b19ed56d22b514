package dev.replicator.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.replicator.config.binding.JsonSchema;
import dev.replicator.config.binding.Kind;
import dev.replicator.config.binding.Shape;
import dev.replicator.config.binding.Slot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser, the committed schema and the reference page say the same. */
class ConfigSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path REFERENCE = Path.of("../docs/configuration.md");

    @TempDir
    Path directory;

    @Test
    void theCommittedSchemaIsWhatTheParserKnows() throws Exception {
        String generated = JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(JsonSchema.of(ConfigKeys.FILE, "replicator.yaml"));
        Path fresh = Files.writeString(Path.of("target/replicator.schema.json"), generated + "\n");

        assertThat(ConfigSchema.json())
                .as("copy %s over src/main/resources/dev/replicator/config/replicator.schema.json", fresh)
                .isEqualTo(Files.readString(fresh));
    }

    @Test
    void everyKeyOfTheContractIsKnown() {
        assertThat(paths(ConfigKeys.FILE, ""))
                .contains(
                        "version",
                        "stores.*.uri",
                        "stores.*.region",
                        "stores.*.endpoint",
                        "stores.*.path-style",
                        "stores.*.checksums",
                        "stores.*.requester-pays",
                        "stores.*.expected-bucket-owner",
                        "stores.*.profile",
                        "stores.*.role-arn",
                        "stores.*.project",
                        "stores.*.links",
                        "stores.*.capabilities",
                        "stores.*.multipart-copy",
                        "stores.*.multipart-upload",
                        "stores.*.part-size",
                        "stores.*.write.storage-class",
                        "stores.*.write.sse",
                        "stores.*.write.kms-key",
                        "stores.*.write.acl",
                        "stores.*.write.composite-uploads",
                        "jobs.*.source",
                        "jobs.*.destination",
                        "jobs.*.paths[].from",
                        "jobs.*.paths[].to",
                        "jobs.*.filter.include",
                        "jobs.*.filter.exclude",
                        "jobs.*.filter.preset",
                        "jobs.*.compare",
                        "jobs.*.overwrite",
                        "jobs.*.on-drift",
                        "jobs.*.metadata.copy",
                        "jobs.*.metadata.tags",
                        "jobs.*.metadata.set",
                        "jobs.*.metadata.compare",
                        "jobs.*.metadata.strict",
                        "jobs.*.delete.mode",
                        "jobs.*.delete.max-objects",
                        "jobs.*.delete.max-percent",
                        "jobs.*.transfer.concurrency",
                        "jobs.*.transfer.part-size",
                        "jobs.*.transfer.bytes-in-flight",
                        "jobs.*.transfer.bandwidth",
                        "jobs.*.transfer.requests-per-second",
                        "jobs.*.retry.attempts",
                        "jobs.*.retry.base",
                        "jobs.*.retry.max",
                        "jobs.*.retry.deadline",
                        "jobs.*.hook.mode",
                        "jobs.*.hook.environment",
                        "jobs.*.hook.deployment-id",
                        "jobs.*.hook.min-interval",
                        "jobs.*.hook.on-failure",
                        "jobs.*.hook.on-known-deployment",
                        "jobs.*.hook.lease-ttl",
                        "jobs.*.hook.wait-lock",
                        "jobs.*.hook.timeout",
                        "jobs.*.schedules[].cron",
                        "jobs.*.schedules[].zone",
                        "jobs.*.schedules[].every",
                        "jobs.*.schedules[].action",
                        "jobs.*.schedules[].jitter",
                        "jobs.*.schedules[].catch-up",
                        "jobs.*.control",
                        "server.listen",
                        "server.base-path",
                        "server.hosts",
                        "server.public-url",
                        "server.trusted-proxies",
                        "server.tokens[].name",
                        "server.tokens[].role",
                        "server.tokens[].sha256",
                        "server.database",
                        "server.database-user",
                        "server.database-password",
                        "server.keep-runs",
                        "server.max-runs",
                        "server.title",
                        "notifications.silence",
                        "notifications.private-addresses",
                        "notifications.channels.*.webhook.url",
                        "notifications.channels.*.webhook.secret",
                        "notifications.channels.*.webhook.headers",
                        "notifications.channels.*.slack.url",
                        "notifications.channels.*.email.server",
                        "notifications.channels.*.email.user",
                        "notifications.channels.*.email.password",
                        "notifications.channels.*.email.from",
                        "notifications.channels.*.email.to",
                        "notifications.channels.*.on",
                        "notifications.channels.*.jobs");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleOfTheReferenceLoadsAndValidates(String yaml) throws Exception {
        Setup setup = new Setup(directory)
                .with("MEDIA_BUCKET", "acme-media")
                .with("STAGE", "prod")
                .with("HOOK_SECRET", "s3cret");
        setup.write("run/secrets/account", "123456789012\n");
        setup.write("run/secrets/database", "s3cret\n");
        String here = yaml.replace("/run/secrets/", directory + "/run/secrets/");

        assertThat(setup.problems(here)).isEmpty();
        if (!here.contains("<<:")) { // aliases are written out before a validator sees them; this mapper does not
            assertThat(schemaProblems(here)).isEmpty();
        }
    }

    private static List<String> schemaProblems(String yaml) throws Exception {
        return new JsonSchemaCheck(JSON.readTree(ConfigSchema.json())).problems(new YAMLMapper().readTree(yaml));
    }

    static List<String> examples() throws Exception {
        List<String> examples = Pattern.compile("(?s)```yaml\n(.*?)```")
                .matcher(Files.readString(REFERENCE))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
        return examples;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jobs: { j: { source: a } }",
                "jobs: { j: { source: s3://a, destination: s3://b, sourcee: c } }",
                "jobs: 3",
                "stores: { s: { uri: x, path-style: maybe } }",
                "stores: { s: { uri: x, requester-pays: 1 } }",
                "jobs: { j: { source: s3://a, destination: s3://b, delete: { max-percent: 101 } } }",
                "jobs: { j: { source: s3://a, destination: s3://b, retry: { attempts: 0 } } }",
                "jobs: { j: { source: s3://a, destination: s3://b, retry: { base: 5 } } }",
                "jobs: { j: { source: s3://a, destination: s3://b, transfer: { part-size: 16M } } }",
                "jobs: { j: { source: s3://a, destination: s3://b, filter: { include: x } } }",
                "server: { listen: 8080, max-runs: 0 }",
                "server: { tokens: [ { name: a } ] }",
                "server: { tokens: [ { name: a, sha256: b, role: boss } ] }",
                "notifications: { channels: { c: { webhook: { urll: x } } } }",
                "notifications: { channels: { c: { slack: { url: 'https://x' }, on: [success] } } }",
                "jobs: { j: { source: s3://a, destination: s3://b, schedules: [ { every: 5 } ] } }",
                "version: 2"
            })
    void whatTheParserRefusesTheSchemaRefuses(String yaml) throws Exception {
        assertThat(schemaProblems(yaml)).isNotEmpty();
        assertThat(new Setup(directory).problems(yaml)).isNotEmpty();
    }

    @Test
    void theReferenceDescribesEveryKeyWithItsDefault() throws Exception {
        String reference = Files.readString(REFERENCE);

        assertThat(rows(ConfigKeys.FILE))
                .allSatisfy(row -> assertThat(reference).contains(row));
    }

    @Test
    void theReferenceNamesEveryVariable() throws Exception {
        assertThat(Files.readString(REFERENCE))
                .contains(
                        "REPLICATOR_CONFIG",
                        "REPLICATOR_ENV",
                        "REPLICATOR_DEPLOYMENT_ID",
                        "REPLICATOR_MIN_INTERVAL",
                        "REPLICATOR_LEASE_TTL",
                        "REPLICATOR_HOOK_MODE",
                        "REPLICATOR_LISTEN",
                        "XDG_CONFIG_HOME",
                        "DEV_STORAGE_BUCKET",
                        "PROD_STORAGE_BUCKET",
                        "STORAGE_PROVIDER",
                        "PUBLIC_OBJECT_SEARCH_PATHS",
                        "PRIVATE_OBJECT_DIR");
    }

    /** Rows of the reference's tables: {@code | `key` | default | description |}. */
    private static List<String> rows(Shape shape) {
        List<String> rows = new ArrayList<>();
        for (Slot slot : shape.slots()) {
            if (slot instanceof Slot.Nested nested) {
                rows.addAll(rows(nested.shape()));
            } else if (slot instanceof Slot.Named named) {
                rows.addAll(rows(named.shape()));
            } else if (slot instanceof Slot.Repeated repeated) {
                rows.addAll(rows(repeated.shape()));
            } else {
                rows.add("| `" + slot.name() + "` | " + byDefault(slot) + " | " + slot.description() + " |");
            }
        }
        return rows;
    }

    private static String byDefault(Slot slot) {
        if (slot instanceof Slot.Required<?>) {
            return "required";
        }
        if (slot instanceof Slot.Value<?> value) {
            return words(value.kind(), value.byDefault());
        }
        if (slot instanceof Slot.Values<?> values) {
            return words(values.kind(), values.byDefault());
        }
        return slot instanceof Slot.Emptiable<?> emptiable ? words(emptiable.kind(), "\"\"") : "`{}`";
    }

    /** The default, then what else there is to choose from. */
    private static String words(Kind<?> kind, String byDefault) {
        List<String> words = new ArrayList<>();
        words.add("**`" + byDefault + "`**");
        if (kind.schema().get("enum") instanceof List<?> known) {
            known.stream().filter(word -> !word.equals(byDefault)).forEach(word -> words.add("`" + word + "`"));
        }
        return String.join(" ", words);
    }

    private static TreeSet<String> paths(Shape shape, String at) {
        TreeSet<String> paths = new TreeSet<>();
        for (Slot slot : shape.slots()) {
            String here = at + slot.name();
            if (slot instanceof Slot.Nested nested) {
                paths.addAll(paths(nested.shape(), here + "."));
            } else if (slot instanceof Slot.Named named) {
                paths.addAll(paths(named.shape(), here + ".*."));
            } else if (slot instanceof Slot.Repeated repeated) {
                paths.addAll(paths(repeated.shape(), here + "[]."));
            } else {
                paths.add(here);
            }
        }
        return paths;
    }
}
