package dev.replicator.infra.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.infra.Program;
import dev.replicator.infra.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code extract.mjs} with two small packages in place of the providers' large ones. */
class ExtractTest {
    /** As CDK for Terraform describes a resource: a class, its settings, a block of them. */
    private static final String ASSEMBLY = """
            { "types": {
              "p.Thing": { "kind": "class",
                "docs": { "summary": "Represents a {@link https://registry.terraform.io/providers/hashicorp/CLOUD/6.1.0/docs/resources/thing CLOUD_thing}." },
                "properties": [
                  { "name": "hostedZoneId", "immutable": true }, { "name": "arn", "immutable": true },
                  { "name": "bucketInput", "immutable": true }, { "name": "bucket" },
                  { "name": "tfResourceType", "immutable": true, "static": true } ] },
              "p.ThingConfig": { "kind": "interface", "properties": [
                { "name": "rule", "optional": true, "type": { "union": { "types": [
                    { "collection": { "elementtype": { "fqn": "p.Rule" } } }, { "fqn": "cdktf.IResolvable" } ] } },
                  "docs": { "summary": "rule block.",
                    "remarks": "{@link https://registry.terraform.io/providers/hashicorp/CLOUD/6.1.0/docs/resources/thing#rule Thing#rule}" } },
                { "name": "bucket", "type": { "primitive": "string" }, "docs": { "summary":
                    "{@link https://registry.terraform.io/providers/hashicorp/CLOUD/6.1.0/docs/resources/thing#bucket_name Thing#bucket_name}" } },
                { "name": "connection", "optional": true, "type": { "primitive": "any" } } ] },
              "p.Rule": { "kind": "interface", "properties": [
                { "name": "days", "type": { "primitive": "number" }, "docs": { "summary":
                    "{@link https://registry.terraform.io/providers/hashicorp/CLOUD/6.1.0/docs/resources/thing#days Thing#days}" } } ] }
            } }
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void packages() throws IOException {
        Program.needed("node");
        Program.needed("tar");
        Files.createDirectories(directory.resolve("terraform/schema"));
        Files.createDirectories(directory.resolve("tmp"));
        Files.copy(Tree.file("infra/terraform/schema/extract.mjs"), directory.resolve("terraform/schema/extract.mjs"));
        for (String cloud : List.of("aws", "google")) {
            Files.writeString(directory.resolve(cloud), ASSEMBLY.replace("CLOUD", cloud));
        }
        Path npm = Files.writeString(directory.resolve("npm"), """
                #!/bin/sh
                case "$*" in
                    "pack --silent @cdktf/provider-aws@"*) cloud=aws ;;
                    "pack --silent @cdktf/provider-google@"*) cloud=google ;;
                    *) exit 9 ;;
                esac
                mkdir package && cp "$HOME/$cloud" package/.jsii && tar -czf packed.tgz package && echo packed.tgz
                """);
        Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwx------"));
    }

    private Program.Ended extracted(String terraform) throws IOException {
        Files.writeString(directory.resolve("terraform/main.tf"), terraform);
        return Program.of(directory, Program.needed("node").toString(), "terraform/schema/extract.mjs")
                .with("PATH", directory + ":" + System.getenv().getOrDefault("PATH", "/usr/bin:/bin"))
                .with("TMPDIR", directory.resolve("tmp").toString())
                .run();
    }

    @Test
    void itWritesWhatTheResourcesInUseTakeAndTell() throws IOException {
        Program.Ended ended = extracted("resource \"aws_thing\" \"a\" {}\nresource \"google_thing\" \"b\" {}\n");

        assertThat(ended.exit()).as(ended.said()).isZero();
        ObjectMapper json = new ObjectMapper();
        for (String cloud : List.of("aws", "google")) {
            Path file = directory.resolve("terraform/schema/" + cloud + ".json");
            String from = json.readTree(Tree.text("infra/terraform/schema/" + cloud + ".json"))
                    .path("from")
                    .asText();
            assertThat(json.readTree(Files.readString(file)))
                    .isEqualTo(json.readTree("""
                    { "provider": "hashicorp/CLOUD", "version": "6.1.0", "from": "FROM", "schemas": {
                      "resource CLOUD_thing": {
                        "arguments": {
                          "bucket_name": { "required": true },
                          "rule": { "block": true, "of": { "days": { "required": true } } } },
                        "attributes": [ "arn", "hosted_zone_id" ] } } }
                    """.replace("CLOUD", cloud).replace("FROM", from)));
        }
        assertThat(directory.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void aResourceThatAProviderDoesNotHaveIsSaid() throws IOException {
        Program.Ended ended = extracted("resource \"aws_thong\" \"a\" {}\n");

        assertThat(ended.exit()).isNotZero();
        assertThat(ended.said()).contains("knows no resource aws_thong");
    }
}
