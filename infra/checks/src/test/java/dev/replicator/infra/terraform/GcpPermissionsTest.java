package dev.replicator.infra.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.infra.Program;
import dev.replicator.infra.terraform.CrossCloud.Recording;
import dev.replicator.testkit.gcs.log.LoggedRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The custom roles hold what the program's requests are checked for, all of it and nothing else. */
class GcpPermissionsTest {
    private static final String MODULE = "modules/gcp-iam-replicator/permissions";
    private static final Map<String, String> BOTH = Map.of("source_bucket", "dev", "destination_bucket", "prod");

    private static List<LoggedRequest> copying = List.of();
    private static List<LoggedRequest> mirroring = List.of();
    private static List<LoggedRequest> adding = List.of();

    @TempDir
    Path temporary;

    @BeforeAll
    static void record() {
        Program.needed("terraform");
        try (RecordedJob job = new RecordedJob("gs", "gs", "")) {
            copying = Recording.of(job, RecordedJob::live).gcs();
            mirroring = Recording.of(job, RecordedJob::mirror).gcs();
        }
        try (RecordedJob job = new RecordedJob("gs", "gs", "overwrite: never")) {
            adding = Recording.of(job, RecordedJob::liveBriefly).gcs();
        }
    }

    @SafeVarargs
    private static SortedSet<Grant> sent(List<LoggedRequest>... recordings) {
        SortedSet<Grant> all = new TreeSet<>();
        for (List<LoggedRequest> recording : recordings) {
            all.addAll(GcsGrants.of(recording));
        }
        assertThat(all).isNotEmpty();
        return all;
    }

    private SortedSet<Grant> granted(Map<String, ?> variables) {
        return granted(Terraform.inCopyOf(MODULE, temporary), variables);
    }

    private static SortedSet<Grant> granted(Terraform module, Map<String, ?> variables) {
        SortedSet<Grant> grants = new TreeSet<>();
        JsonNode roles = module.outputs(variables).path("roles").path("value");
        for (JsonNode role : roles) {
            Side side = side(role.path("bucket").asText(), AwsPolicy.texts(role.path("prefixes")));
            AwsPolicy.texts(role.path("permissions")).forEach(permission -> grants.add(new Grant(side, permission)));
        }
        return grants;
    }

    private static Side side(String bucket, List<String> prefixes) {
        if (bucket.equals("dev")) {
            return Side.SOURCE;
        }
        return prefixes.equals(List.of(".replicator/")) ? Side.CONTROL : Side.DESTINATION;
    }

    private static Map<String, Object> both(String variable, Object value) {
        Map<String, Object> variables = new HashMap<>(BOTH);
        variables.put(variable, value);
        return variables;
    }

    @Test
    void aJobThatCopiesMayDoExactlyWhatItDoes() {
        assertThat(granted(BOTH)).isEqualTo(sent(copying));
    }

    @Test
    void aJobThatMirrorsMayDoExactlyWhatItDoes() {
        assertThat(granted(both("delete_mode", "mirror"))).isEqualTo(sent(copying, mirroring));
    }

    @Test
    void aJobThatOverwritesNothingMayDoExactlyWhatItDoes() {
        Map<String, Object> variables = both("overwrite", "never");
        variables.put("metadata_updates", false);

        assertThat(granted(variables)).isEqualTo(sent(adding));
        assertThat(sent(adding)).doesNotContain(new Grant(Side.DESTINATION, "storage.objects.delete"));
    }

    @Test
    void aJobFromS3MayDoExactlyWhatItDoes() {
        Map<String, Object> variables = Map.of("destination_bucket", "prod", "metadata_updates", false);

        assertThat(granted(variables)).isEqualTo(sent(CrossCloud.FROM_S3.gcs()));
        assertThat(granted(variables)).isEqualTo(sent(CrossCloud.FROM_S3.gcs(), CrossCloud.COMPOSING.gcs()));
    }

    @Test
    void aJobToS3MayDoExactlyWhatItDoes() {
        assertThat(granted(Map.of("source_bucket", "dev"))).isEqualTo(sent(CrossCloud.FROM_GOOGLE.gcs()));
    }

    @Test
    void rolesWithTooLittleOrTooMuchAreFound() {
        Terraform little = Terraform.inCopyOf(MODULE, temporary)
                .breaking(
                        "main.tf",
                        "[\"storage.objects.create\", \"storage.objects.get\"]",
                        "[\"storage.objects.create\"]");
        Terraform much = Terraform.inCopyOf(MODULE, temporary)
                .breaking(
                        "main.tf",
                        "[\"storage.objects.get\"]",
                        "[\"storage.objects.get\", \"storage.objects.getIamPolicy\"]");

        assertThat(granted(little, BOTH)).isNotEqualTo(sent(copying));
        assertThat(granted(much, BOTH)).isNotEqualTo(sent(copying));
    }

    @Test
    void noPermissionIsAPattern() {
        assertThat(granted(both("delete_mode", "mirror")))
                .allMatch(grant -> grant.action().matches("storage[.]objects[.][a-z]+"));
    }
}
