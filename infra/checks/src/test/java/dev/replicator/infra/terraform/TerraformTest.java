package dev.replicator.infra.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.infra.Program;
import dev.replicator.infra.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Terraform itself says of its files, as far as it gets without a provider. */
class TerraformTest {
    @TempDir
    Path temporary;

    static List<String> logic() {
        return Terraform.logic();
    }

    @Test
    void stateAndSettingsAreNotCommitted() throws IOException {
        Files.copy(Tree.file("infra/terraform/.gitignore"), temporary.resolve(".gitignore"));
        for (String left : List.of(
                ".terraform/modules.json",
                ".terraform.lock.hcl",
                "terraform.tfstate",
                "terraform.tfstate.backup",
                "prod.auto.tfvars")) {
            Files.createDirectories(temporary.resolve(left).getParent());
            Files.writeString(temporary.resolve(left), "{}");
        }

        assertThat(Program.committable(temporary)).containsExactly(".gitignore");
    }

    @Test
    void filesAreFormatted() {
        Program.Ended ended = Terraform.inCopyOf("", temporary).isFormatted();

        assertThat(ended.exit()).as(ended.said()).isZero();
    }

    @Test
    void aFileThatIsNotIsFound() {
        Terraform broken = Terraform.inCopyOf("examples/aws", temporary)
                .breaking("main.tf", "  source_bucket       = ", "  source_bucket = ");

        assertThat(broken.isFormatted().exit()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("logic")
    void aModuleWithoutProvidersPassesItsTests(String folder) {
        Program.Ended ended = Terraform.inCopyOf(folder, temporary).test();

        assertThat(ended.exit()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("Success!").contains(" 0 failed");
    }

    @Test
    void everyModuleHasItsLogicInOneThatIsTested() throws Exception {
        try (var modules = Files.list(Terraform.FILES.resolve("modules"))) {
            assertThat(modules.map(path -> path.getFileName().toString()))
                    .isNotEmpty()
                    .allSatisfy(
                            module -> assertThat(logic()).anyMatch(folder -> folder.startsWith("modules/" + module)));
        }
    }

    @Test
    void aPolicyWithAWildcardFailsItsTests() {
        Terraform broken = Terraform.inCopyOf("modules/aws-iam-replicator/policy", temporary)
                .breaking("main.tf", "\"s3:AbortMultipartUpload\"", "\"s3:*\"");

        Program.Ended ended = broken.test();

        assertThat(ended.exit()).isNotZero();
        assertThat(ended.said()).contains("No wildcards in actions.");
    }

    @Test
    void aTrustThatForgetsTheSubjectFailsItsTests() {
        Terraform broken = Terraform.inCopyOf("modules/aws-iam-replicator/trust", temporary)
                .breaking("main.tf", "          \"token.actions.githubusercontent.com:sub\" = one.subject\n", "");

        assertThat(broken.test().exit()).isNotZero();
    }

    @Test
    void noFileHoldsASecretOrAnAccountOfSomebody() {
        assertThat(Tree.files(Terraform.FILES, ""))
                .allSatisfy(file -> assertThat(Tree.text(file))
                        .doesNotContainPattern("AKIA[0-9A-Z]{16}|-----BEGIN|\"private_key\""));
    }
}
