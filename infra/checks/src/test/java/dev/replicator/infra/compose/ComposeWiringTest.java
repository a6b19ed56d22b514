package dev.replicator.infra.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.infra.Program;
import dev.replicator.infra.Tree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one container expects of the other, and of the files beside them. */
@Timeout(60)
class ComposeWiringTest {
    private static final Path COMPOSE = Tree.file("infra/compose");

    @TempDir
    Path directory;

    private static JsonNode yaml(String file) {
        return Tree.yaml("infra/" + file);
    }

    private static JsonNode service(String name) {
        return yaml("compose/compose.yaml").path("services").path(name);
    }

    private static List<JsonNode> stores() {
        return list(yaml("compose/replicator.yaml").path("stores"));
    }

    private static List<JsonNode> list(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false).toList();
    }

    private static List<String> texts(JsonNode node) {
        return list(node).stream().map(JsonNode::asText).toList();
    }

    /** Where a service sees the files that are mounted into it, and which those are. */
    private static Map<String, Path> mounted(String service) {
        Map<String, Path> mounted = texts(service(service).path("volumes")).stream()
                .map(volume -> volume.split(":"))
                .filter(volume -> volume[0].startsWith("."))
                .collect(Collectors.toMap(volume -> volume[1], volume -> COMPOSE.resolve(volume[0])));
        return new TreeMap<>(mounted);
    }

    private static List<String> buckets(String scheme) {
        return stores().stream()
                .map(store -> URI.create(store.path("uri").asText()))
                .filter(uri -> scheme.equals(uri.getScheme()))
                .map(URI::getAuthority)
                .toList();
    }

    private static List<String> secrets(String service) {
        return texts(service(service).path("secrets")).stream()
                .map("/run/secrets/"::concat)
                .toList();
    }

    @Test
    void everyStoreIsOneOfTheStandIns() {
        assertThat(stores()).isNotEmpty().allSatisfy(store -> {
            URI endpoint = URI.create(store.path("endpoint").asText());
            assertThat(texts(service(endpoint.getHost()).path("ports")))
                    .as(endpoint.toString())
                    .containsExactly("127.0.0.1:" + endpoint.getPort() + ":" + endpoint.getPort());
        });
    }

    @Test
    void theStandInOfCloudStorageListensWhereItSaysThatItIs() {
        URI endpoint = stores().stream()
                .filter(store -> store.path("uri").asText().startsWith("gs:"))
                .map(store -> URI.create(store.path("endpoint").asText()))
                .findFirst()
                .orElseThrow();

        assertThat(texts(service("fake-gcs").path("command")))
                .containsSubsequence("-scheme", endpoint.getScheme())
                .containsSubsequence("-port", "" + endpoint.getPort())
                .containsSubsequence("-public-host", endpoint.getAuthority())
                .containsSubsequence("-data", "/data");
        assertThat(buckets("gs"))
                .isNotEmpty()
                .allSatisfy(
                        bucket -> assertThat(mounted("fake-gcs").get("/data").resolve(bucket))
                                .isDirectory());
    }

    @Test
    void localStackBeginsWithTheBucketsAndSomethingToCopy() throws IOException {
        assertThat(mounted("localstack").keySet())
                .allMatch(path -> path.matches("/etc/localstack/init/ready\\.d/[a-z]+\\.sh"));
        String source = buckets("s3").get(0);

        Program.Ended ended = begun("exit 0");

        assertThat(ended.exit()).as(ended.said()).isZero();
        assertThat(calls())
                .startsWith(buckets("s3").stream()
                        .map("s3api create-bucket --bucket "::concat)
                        .toArray(String[]::new))
                .containsSubsequence("s3 cp - s3://" + source + "/hero.txt", "sample: hero.txt")
                .containsSubsequence("s3 cp - s3://" + source + "/news/today.txt", "sample: news/today.txt");
    }

    @Test
    void aBucketThatCannotBeMadeEndsTheScript() throws IOException {
        assertThat(begun("[ \"$2\" != create-bucket ] || exit 3").exit()).isEqualTo(3);
        assertThat(calls()).hasSize(1);
    }

    /** What LocalStack runs, with an {@code awslocal} that writes down its words and its input. */
    private Program.Ended begun(String end) throws IOException {
        Path awslocal = Files.writeString(
                directory.resolve("awslocal"),
                "#!/bin/sh\necho \"$*\" >>\"$CALLS\"\n[ \"$2\" != cp ] || cat >>\"$CALLS\"\n" + end + "\n");
        Files.setPosixFilePermissions(awslocal, PosixFilePermissions.fromString("rwx------"));
        Path script = mounted("localstack").values().iterator().next();
        return Program.of(directory, "bash", script.toString())
                .with("PATH", directory + ":" + System.getenv().getOrDefault("PATH", "/usr/bin:/bin"))
                .with("CALLS", directory.resolve("calls").toString())
                .run();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(directory.resolve("calls"));
    }

    @Test
    void whatIsOursIsMountedToBeRead() {
        for (JsonNode service : yaml("compose/compose.yaml").path("services")) {
            assertThat(texts(service.path("volumes")))
                    .filteredOn(volume -> volume.startsWith("."))
                    .allMatch(volume -> volume.endsWith(":ro"));
        }
    }

    @Test
    void theServerFindsItsConfigurationAndMayWriteItsState() {
        JsonNode replicator = service("replicator");
        String configuration =
                replicator.path("environment").path("REPLICATOR_CONFIG").asText();
        List<String> command = texts(replicator.path("command"));
        String state = command.get(command.indexOf("--state") + 1);

        assertThat(mounted("replicator").get(configuration)).isEqualTo(COMPOSE.resolve("./replicator.yaml"));
        assertThat(replicator.path("read_only").asBoolean()).isTrue();
        assertThat(texts(replicator.path("tmpfs")))
                .extracting(place -> place.split(":")[0])
                .contains("/tmp")
                .anyMatch(place -> state.startsWith(place + "/"));
        assertThat(texts(replicator.path("ports"))).allMatch(port -> port.endsWith(":8080"));
        assertThat(yaml("compose/replicator.yaml").path("server").path("listen").asText())
                .isEqualTo("0.0.0.0:8080");
    }

    @Test
    void prometheusReadsItsFilesAndIsLetIn() {
        JsonNode scraping = yaml("prometheus/prometheus.yml");
        Stream<String> rules = texts(scraping.path("rule_files")).stream();
        JsonNode job = scraping.path("scrape_configs").path(0);
        URI target = URI.create("http://"
                + job.path("static_configs").path(0).path("targets").path(0).asText());

        assertThat(mounted("prometheus").keySet())
                .contains("/etc/prometheus/prometheus.yml")
                .containsAll(rules.map("/etc/prometheus/"::concat).toList());
        assertThat(secrets("prometheus"))
                .contains(job.path("authorization").path("credentials_file").asText());
        assertThat(yaml("compose/replicator.yaml").path("server").path("listen").asText())
                .endsWith(":" + target.getPort());
        assertThat(service(target.getHost()).isMissingNode()).isFalse();
        assertThat(texts(yaml("compose/replicator.yaml").path("server").path("hosts")))
                .as("names under which the server may be reached")
                .contains(target.getHost());
    }

    @Test
    void grafanaReadsItsFilesAndItsPassword() {
        assertThat(mounted("grafana").keySet())
                .contains(
                        "/etc/grafana/provisioning",
                        yaml("grafana/provisioning/dashboards/replicator.yml")
                                .path("providers")
                                .path(0)
                                .path("options")
                                .path("path")
                                .asText());
        assertThat(secrets("grafana"))
                .contains(service("grafana")
                        .path("environment")
                        .path("GF_SECURITY_ADMIN_PASSWORD__FILE")
                        .asText());
        assertThat(yaml("grafana/provisioning/datasources/prometheus.yml")
                        .path("datasources")
                        .path(0)
                        .path("url")
                        .asText())
                .isEqualTo("http://prometheus:9090");
        assertThat(texts(service("prometheus").path("ports"))).containsExactly("127.0.0.1:9090:9090");
    }

    @Test
    void whatIsPreparedIsNotCommitted() throws IOException {
        Tree.copy(COMPOSE, directory);
        Files.createDirectories(directory.resolve("secrets"));
        Files.writeString(directory.resolve("secrets/admin-token"), "secret");
        Files.writeString(directory.resolve(".env"), "ADMIN_SHA256=0");

        assertThat(Program.committable(directory))
                .contains("compose.yaml")
                .noneMatch(file -> file.startsWith("secrets") || file.startsWith(".env"));
    }
}
