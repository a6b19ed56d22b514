package dev.replicator.infra.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.infra.Program;
import dev.replicator.infra.terraform.CrossCloud.Recording;
import dev.replicator.testkit.s3.log.LoggedRequest;
import dev.replicator.testkit.s3.model.S3Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role's policy grants what the program's requests are checked for, all of it and nothing else. */
class AwsPermissionsTest {
    private static final String MODULE = "modules/aws-iam-replicator/policy";
    private static final Map<String, String> BOTH = Map.of("source_bucket", "dev", "destination_bucket", "prod");

    /** What only the service itself asks for, since no request names it. */
    private static final Map<Grant, String> BY_THE_SERVICE = Map.of(
            new Grant(Side.SOURCE, "kms:Decrypt"), "reads and copies of objects under the source's key",
            new Grant(Side.DESTINATION, "kms:GenerateDataKey"), "writes under the destination's key",
            new Grant(Side.DESTINATION, "kms:Decrypt"),
                    "uploads in parts under the destination's key, control objects, validate, metadata updates");

    private static List<LoggedRequest> copying = List.of();
    private static List<LoggedRequest> mirroring = List.of();
    private static List<LoggedRequest> updating = List.of();
    private static List<LoggedRequest> withAcls = List.of();

    @TempDir
    Path temporary;

    @BeforeAll
    static void record() {
        Program.needed("terraform");
        try (RecordedJob job = new RecordedJob("s3", "s3", "")) {
            copying = Recording.of(job, RecordedJob::live).s3();
            mirroring = Recording.of(job, RecordedJob::mirror).s3();
            updating = Recording.of(job, RecordedJob::updateMetadata).s3();
            withAcls = Recording.of(job, RecordedJob::writeAcls).s3();
        }
    }

    @SafeVarargs
    private static SortedSet<Grant> sent(List<LoggedRequest>... recordings) {
        SortedSet<Grant> all = new TreeSet<>();
        for (List<LoggedRequest> recording : recordings) {
            all.addAll(S3Grants.of(recording));
        }
        assertThat(all).isNotEmpty();
        return all;
    }

    private AwsPolicy policy(Map<String, ?> variables) {
        return rendered(Terraform.inCopyOf(MODULE, temporary), variables);
    }

    private static AwsPolicy rendered(Terraform module, Map<String, ?> variables) {
        JsonNode json = module.outputs(variables).path("json").path("value");
        return new AwsPolicy(Terraform.parsed(json));
    }

    private static Map<String, Object> both(String variable, Object value) {
        Map<String, Object> variables = new HashMap<>(BOTH);
        variables.put(variable, value);
        return variables;
    }

    @Test
    void aJobThatCopiesMayDoExactlyWhatItDoes() {
        assertThat(policy(BOTH).allowed("s3")).isEqualTo(sent(copying));
    }

    @Test
    void aJobThatMirrorsMayDoExactlyWhatItDoes() {
        assertThat(policy(both("delete_mode", "mirror")).allowed("s3")).isEqualTo(sent(copying, mirroring));
    }

    @Test
    void aJobThatUpdatesMetadataMayDoExactlyWhatItDoes() {
        assertThat(policy(both("metadata_updates", true)).allowed("s3")).isEqualTo(sent(copying, updating));
    }

    @Test
    void aJobThatWritesAclsMayDoExactlyWhatItDoes() {
        assertThat(policy(both("write_acl", true)).allowed("s3")).isEqualTo(sent(copying, withAcls));
    }

    @Test
    void aJobFromCloudStorageMayDoExactlyWhatItDoes() {
        assertThat(policy(Map.of("destination_bucket", "prod", "metadata_updates", true))
                        .allowed("s3"))
                .isEqualTo(sent(CrossCloud.FROM_GOOGLE.s3()));
    }

    @Test
    void aJobToCloudStorageMayDoExactlyWhatItDoes() {
        assertThat(policy(Map.of("source_bucket", "dev")).allowed("s3")).isEqualTo(sent(CrossCloud.FROM_S3.s3()));
    }

    @Test
    void aPolicyWithTooLittleOrTooMuchIsFound() {
        Terraform little = Terraform.inCopyOf(MODULE, temporary)
                .breaking("main.tf", "[\"s3:GetObject\", \"s3:GetObjectTagging\"]", "[\"s3:GetObject\"]");
        Terraform much = Terraform.inCopyOf(MODULE, temporary)
                .breaking("main.tf", "[\"s3:ListBucket\"]", "[\"s3:ListBucket\", \"s3:ListBucketVersions\"]");

        assertThat(rendered(little, BOTH).allowed("s3")).isNotEqualTo(sent(copying));
        assertThat(rendered(much, BOTH).allowed("s3")).isNotEqualTo(sent(copying));
    }

    @Test
    void keysAreGrantedAsTheServiceAsks() {
        Map<String, Object> variables = both("source_kms_key_arns", List.of(key("dev")));
        variables.put("destination_kms_key_arns", List.of(key("prod")));

        AwsPolicy policy = policy(variables);

        assertThat(policy.allowed("kms")).containsExactlyInAnyOrderElementsOf(BY_THE_SERVICE.keySet());
        assertThat(policy.allowed("s3")).isEqualTo(sent(copying));
        assertThat(policy(BOTH).allowed("kms")).isEmpty();
    }

    private static String key(String name) {
        return "arn:aws:kms:eu-west-1:111122223333:key/" + name;
    }

    @Test
    void aJobOfSomePrefixesTouchesNoOtherObjects() {
        List<String> touched;
        try (RecordedJob job = new RecordedJob("s3", "s3", "paths: [ { from: public/, to: site/ } ]")) {
            job.put("public/a", "of the job");
            job.put("other/b", "not of the job");
            touched = Recording.of(job, one -> one.hook(0, "v1")).s3().stream()
                    .filter(request -> !request.key().isEmpty())
                    .map(request -> request.bucket() + "/" + request.key())
                    .distinct()
                    .toList();
        }

        assertThat(touched)
                .contains("prod/site/a")
                .allMatch(object -> object.startsWith("dev/public/")
                        || object.startsWith("prod/site/")
                        || object.startsWith("prod/.replicator/"));
    }

    @Test
    void noActionIsAPattern() {
        Map<String, Object> variables = both("delete_mode", "mirror");
        variables.put("metadata_updates", true);
        variables.put("write_acl", true);

        assertThat(policy(variables).statements("Allow"))
                .isNotEmpty()
                .allSatisfy(statement -> assertThat(AwsPolicy.texts(statement.path("Action")))
                        .allMatch(action -> action.matches("[a-z0-9]+:[A-Za-z]+")));
    }

    @Test
    void enforcedConditionsHinderNoRequest() {
        List<LoggedRequest> all = new ArrayList<>(copying);
        List.of(mirroring, updating, withAcls, CrossCloud.FROM_GOOGLE.s3()).forEach(all::addAll);

        assertThat(all).filteredOn(rules()::denies).isEmpty();
        assertThat(all)
                .as("requests that the rules are about")
                .anyMatch(made("COPY_OBJECT"))
                .anyMatch(made("PUT_OBJECT"))
                .anyMatch(made("COMPLETE_MULTIPART_UPLOAD"))
                .anyMatch(made("DELETE_OBJECT"));
    }

    private static Predicate<LoggedRequest> made(String operation) {
        return request ->
                request.operation().name().equals(operation) && !request.key().startsWith(".replicator/");
    }

    @Test
    void enforcedConditionsRefuseWhoSendsNone() {
        List<LoggedRequest> careless = Stream.of(copying, mirroring)
                .flatMap(List::stream)
                .map(AwsPermissionsTest::withoutConditions)
                .toList();

        assertThat(careless)
                .filteredOn(rules()::denies)
                .noneMatch(request -> request.key().startsWith(".replicator/"))
                .extracting(request -> request.operation().name())
                .contains("COPY_OBJECT", "COMPLETE_MULTIPART_UPLOAD", "DELETE_OBJECT")
                .doesNotContain("CREATE_MULTIPART_UPLOAD", "UPLOAD_PART", "UPLOAD_PART_COPY");
    }

    @Test
    void whatIsKeptOfOldVersionsStays() {
        List<LoggedRequest> ofVersions = mirroring.stream()
                .filter(made("DELETE_OBJECT"))
                .map(AwsPermissionsTest::ofAVersion)
                .toList();

        assertThat(ofVersions)
                .isNotEmpty()
                .allMatch(request -> request.call().headers().containsKey("if-match"))
                .allMatch(rules()::denies);
    }

    private static LoggedRequest ofAVersion(LoggedRequest request) {
        return with(request, Map.of("versionId", "v1"), request.call().headers());
    }

    private static LoggedRequest withoutConditions(LoggedRequest request) {
        Map<String, String> headers = new HashMap<>(request.call().headers());
        headers.keySet().removeAll(List.of("if-match", "if-none-match"));
        return with(request, request.call().query(), headers);
    }

    private static LoggedRequest with(LoggedRequest request, Map<String, String> query, Map<String, String> headers) {
        S3Call call = request.call();
        S3Call changed = new S3Call(call.operation(), call.method(), call.bucket(), call.key(), query, headers);
        return new LoggedRequest(
                request.sequence(), changed, request.status(), request.errorCode(), 0, 0, false, List.of());
    }

    private BucketRules rules() {
        Map<String, Object> variables =
                both("conditional_writers", List.of("arn:aws:iam::111122223333:role/replicator"));
        JsonNode json = Terraform.inCopyOf("modules/aws-bucket-pair/rules", temporary)
                .outputs(variables)
                .path("destination_json")
                .path("value");
        return new BucketRules(new AwsPolicy(Terraform.parsed(json)));
    }
}
