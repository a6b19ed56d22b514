package dev.replicator.infra.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.infra.NodeTools;
import dev.replicator.infra.Program;
import dev.replicator.infra.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where Terraform would need the providers: arguments of resources against the extract of the providers' schemas, modules'
 * calls against the modules' variables, references against what is there.
 */
class TerraformArgumentsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OF_CALLS =
            Set.of("source", "version", "providers", "count", "for_each", "depends_on");
    private static Map<Path, Module> modules = Map.of();
    private static ObjectNode schemas = JSON.createObjectNode();

    @BeforeAll
    static void parsed() throws IOException {
        modules = modules(Terraform.FILES);
        schemas = JSON.createObjectNode();
        for (String extract : List.of("aws.json", "google.json")) {
            schemas.setAll((ObjectNode)
                    JSON.readTree(Tree.text(Terraform.FILES.resolve("schema").resolve(extract)))
                            .path("schemas"));
        }
    }

    private static Map<Path, Module> modules(Path folder) throws IOException {
        String[] words = Tree.files(folder, ".tf").stream().map(Path::toString).toArray(String[]::new);
        Program.Ended ended = NodeTools.node("hcl-to-json.mjs").words(words).run();
        assertThat(ended.exit()).as(ended.said()).isZero();
        Map<Path, List<JsonNode>> contents = new TreeMap<>();
        JSON.readTree(ended.said())
                .properties()
                .forEach(file -> contents.computeIfAbsent(Path.of(file.getKey()).getParent(), path -> new ArrayList<>())
                        .add(file.getValue()));
        Map<Path, Module> modules = new TreeMap<>();
        contents.forEach((path, files) -> modules.put(path, new Module(path, files)));
        return modules;
    }

    private static List<String> problems(Map<Path, Module> of) {
        List<String> problems = new ArrayList<>();
        for (Module module : of.values()) {
            for (Module.Typed typed : module.typed()) {
                JsonNode schema = schemas.path(typed.type());
                problems.addAll(
                        schema.isMissingNode()
                                ? List.of(typed.type()
                                        + " is not in the extract: node infra/terraform/schema/extract.mjs")
                                : typed.block().problems(schema.path("arguments")));
            }
            problems.addAll(module.incompleteDeclarations());
            problems.addAll(module.danglingAttributes(schemas));
            module.names("module").forEach(call -> problems.addAll(problems(of, module, call)));
            problems.addAll(
                    module.danglingReferences(call -> called(of, module, call).names("output")));
        }
        return problems;
    }

    private static List<String> problems(Map<Path, Module> of, Module module, String call) {
        Module called = called(of, module, call);
        Set<String> given = new TreeSet<>();
        module.call(call).fieldNames().forEachRemaining(given::add);
        given.removeAll(OF_CALLS);
        List<String> problems = new ArrayList<>();
        given.stream()
                .filter(name -> !called.names("variable").contains(name))
                .forEach(
                        name -> problems.add(module.folder().getFileName() + ": module " + call + " takes no " + name));
        called.required().stream()
                .filter(name -> !given.contains(name))
                .forEach(name -> problems.add(module.folder().getFileName() + ": module " + call + " lacks " + name));
        return problems;
    }

    private static Module called(Map<Path, Module> of, Module module, String call) {
        Path folder = module.folder()
                .resolve(module.call(call).path("source").asText())
                .normalize();
        assertThat(of).containsKey(folder);
        return of.get(folder);
    }

    @Test
    void everyArgumentIsTheProviders() {
        assertThat(modules).hasSizeGreaterThan(10);
        assertThat(modules.values().stream().flatMap(module -> module.typed().stream()))
                .hasSizeGreaterThan(15);
        assertThat(problems(modules)).isEmpty();
    }

    /** The provider's own project, which would be taken otherwise, may be another one. */
    @Test
    void whateverHasAProjectIsInTheOneThatWasAskedFor() {
        List<Module.Typed> inAProject = modules.values().stream()
                .filter(module -> module.names("variable").contains("project"))
                .flatMap(module -> module.typed().stream())
                .filter(typed -> schemas.path(typed.type()).path("arguments").has("project"))
                .toList();

        assertThat(inAProject)
                .hasSizeGreaterThan(5)
                .allSatisfy(typed -> assertThat(
                                typed.block().content().path("project").asText())
                        .as(typed.block().place())
                        .isEqualTo("${var.project}"));
    }

    @Test
    void eachSaysWhichTerraformAndWhichProvidersItNeeds() {
        assertThat(modules.values())
                .filteredOn(module -> !module.typed().isEmpty())
                .hasSizeGreaterThan(4)
                .allSatisfy(module -> {
                    assertThat(module.requirements())
                            .as(module.folder().toString())
                            .hasSize(1);
                    JsonNode needed = module.requirements().get(0);
                    JsonNode providers = needed.path("required_providers").path(0);
                    assertThat(needed.path("required_version").asText()).startsWith(">= 1.");
                    for (Module.Typed typed : module.typed()) {
                        String provider = typed.type().replaceAll("^\\w+ |_.*", "");
                        assertThat(providers.path(provider).path("source").asText())
                                .isEqualTo("hashicorp/" + provider);
                        assertThat(providers.path(provider).path("version").asText())
                                .startsWith(">= ");
                    }
                });
    }

    @Test
    void theExtractHasWhatIsUsedAndNothingElse() {
        Set<String> used = new TreeSet<>();
        modules.values().forEach(module -> module.typed().forEach(typed -> used.add(typed.type())));

        assertThat(schemas.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void theScriptThatMakesTheExtractLooksUpWhatIsUsed() {
        Program.Ended ended = NodeTools.node("../terraform/schema/extract.mjs")
                .words("--used")
                .run();

        assertThat(ended.exit()).as(ended.said()).isZero();
        assertThat(ended.said().lines()).containsExactlyInAnyOrderElementsOf(() -> schemas.fieldNames());
    }

    @Test
    void theReadmeListsInputsAndOutputsAsTheyAre() {
        String readme = Tree.text(Terraform.FILES.resolve("README.md"));

        assertThat(modules.values())
                .filteredOn(module -> module.folder().getParent().endsWith("modules"))
                .hasSize(4)
                .allSatisfy(module -> assertThat(readme).contains(module.reference()));
    }

    @Test
    void mistakesAreFound(@TempDir Path temporary) throws IOException {
        Tree.copy(Terraform.FILES, temporary);
        breaking(temporary, "modules/aws-bucket-pair/main.tf", "force_destroy = ", "force_destruction = ");
        breaking(temporary, "modules/aws-bucket-pair/main.tf", "noncurrent_days = ", "days = ");
        breaking(temporary, "modules/gcp-iam-replicator/main.tf", "  account_id   = var.name\n", "");
        breaking(temporary, "modules/gcp-iam-replicator/main.tf", "expression = condition", "cel = condition");
        breaking(temporary, "modules/gcp-iam-replicator/main.tf", "for_each = module.permissions.conditions", "# ");
        breaking(temporary, "examples/aws/main.tf", "  delete_mode        =", "  deletes        =");
        breaking(temporary, "examples/gcp/main.tf", "  location           = \"EUROPE-WEST1\"\n", "");
        breaking(temporary, "examples/cross-cloud/main.tf", "module.reader.role_arn", "module.reader.arn");
        breaking(temporary, "modules/gcp-iam-replicator/outputs.tf", "replicator.email", "replicator.mail");
        breaking(
                temporary,
                "modules/aws-bucket-pair/outputs.tf",
                "  value       = aws_s3_bucket.side[\"source\"].id\n",
                "");
        breaking(
                temporary,
                "modules/aws-iam-replicator/main.tf",
                "aws_iam_role.replicator.id",
                "aws_iam_role.copier.id");

        assertThat(problems(modules(temporary)))
                .containsExactlyInAnyOrder(
                        "aws-bucket-pair: aws_s3_bucket.side has no argument force_destruction",
                        "aws-bucket-pair: aws_s3_bucket_lifecycle_configuration.destination.rule"
                                + ".noncurrent_version_expiration has no argument days",
                        "aws-bucket-pair: aws_s3_bucket_lifecycle_configuration.destination.rule"
                                + ".noncurrent_version_expiration lacks noncurrent_days",
                        "gcp-iam-replicator: google_service_account.replicator lacks account_id",
                        "gcp-iam-replicator: google_storage_bucket_iam_member.replicator.dynamic.condition lacks for_each",
                        "gcp-iam-replicator: google_storage_bucket_iam_member.replicator.condition has no argument cel",
                        "gcp-iam-replicator: google_storage_bucket_iam_member.replicator.condition lacks expression",
                        "aws: module replicator takes no deletes",
                        "gcp: module buckets lacks location",
                        "cross-cloud knows no module.reader.arn",
                        "gcp-iam-replicator knows no google_service_account.replicator.mail",
                        "aws-bucket-pair: output source_bucket lacks value",
                        "aws-iam-replicator knows no aws_iam_role.copier.id");
    }

    private static void breaking(Path copy, String file, String text, String by) throws IOException {
        Path path = copy.resolve(file);
        String before = Tree.text(path);
        assertThat(before).contains(text);
        Files.writeString(path, before.replace(text, by));
    }
}
