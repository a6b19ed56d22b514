package dev.replicator.infra.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.Replicator;
import dev.replicator.cli.CommandProbe;
import dev.replicator.config.Configuration;
import dev.replicator.config.ListenAddress;
import dev.replicator.server.ReplicatorServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.Endpoint;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Deployment of {@code replicator serve}, and what belongs to it. */
class ServerModeTest {
    private static final String TOKEN = "a-token-of-this-test-that-is-long";

    @TempDir
    Path scratch;

    private static Manifests alone() throws IOException {
        return Chart.OURS.rendered(Chart.example("server.yaml"));
    }

    private static Manifests replicas() throws IOException {
        return Chart.OURS.rendered(Chart.example("server-replicas.yaml"));
    }

    @Test
    void aServerWithAFileIsAloneAndKeepsItOnAVolume() throws IOException {
        Manifests objects = alone();

        assertThat(objects.only(Deployment.class).getSpec().getReplicas()).isEqualTo(1);
        assertThat(objects.only(Deployment.class).getSpec().getStrategy().getType())
                .isEqualTo("Recreate");
        assertThat(objects.pods().get(0).spec().getVolumes())
                .filteredOn(volume -> volume.getName().equals("state"))
                .allMatch(volume -> volume.getPersistentVolumeClaim()
                        .getClaimName()
                        .equals(objects.only(PersistentVolumeClaim.class)
                                .getMetadata()
                                .getName()))
                .hasSize(1);
        assertThat(objects.all(PodDisruptionBudget.class)).isEmpty();
        assertThat(objects.all(Ingress.class)).isEmpty();
        assertThat(objects.all(ServiceMonitor.class)).isEmpty();
    }

    @Test
    void replicasRollOneByOneAndNeedNoVolume() throws IOException {
        Manifests objects = replicas();

        assertThat(objects.only(Deployment.class).getSpec().getReplicas()).isEqualTo(2);
        assertThat(objects.only(Deployment.class).getSpec().getStrategy().getType())
                .isEqualTo("RollingUpdate");
        assertThat(objects.all(PersistentVolumeClaim.class)).isEmpty();
        assertThat(objects.only(PodDisruptionBudget.class)
                        .getSpec()
                        .getMaxUnavailable()
                        .getIntVal())
                .isEqualTo(1);
    }

    @Test
    void everythingMeansTheSamePods() throws IOException {
        Manifests objects = replicas();
        Map<String, String> labels =
                objects.pods().get(0).template().getMetadata().getLabels();

        assertThat(Stream.of(
                        objects.only(Deployment.class).getSpec().getSelector().getMatchLabels(),
                        objects.only(Service.class).getSpec().getSelector(),
                        objects.only(PodDisruptionBudget.class)
                                .getSpec()
                                .getSelector()
                                .getMatchLabels(),
                        objects.only(NetworkPolicy.class)
                                .getSpec()
                                .getPodSelector()
                                .getMatchLabels()))
                .allSatisfy(selector -> assertThat(labels).isNotEmpty().containsAllEntriesOf(selector));
        assertThat(objects.only(Service.class).getMetadata().getLabels())
                .containsAllEntriesOf(objects.only(ServiceMonitor.class)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels());
    }

    @Test
    void portsAreNamedOnceAndFoundByThatName() throws IOException {
        Manifests objects = replicas();

        assertThat(container(objects).getPorts())
                .singleElement()
                .matches(port -> port.getName().equals("http") && port.getContainerPort() == 8080);
        assertThat(container(objects).getArgs()).containsSequence("--listen", "0.0.0.0:8080");
        assertThat(objects.only(Service.class).getSpec().getPorts())
                .singleElement()
                .matches(port -> port.getTargetPort().getStrVal().equals("http")
                        && port.getName().equals("http"));
        assertThat(objects.only(ServiceMonitor.class).getSpec().getEndpoints())
                .extracting(Endpoint::getPort)
                .containsExactly("http");
        assertThat(objects.only(NetworkPolicy.class)
                        .getSpec()
                        .getIngress()
                        .get(0)
                        .getPorts())
                .singleElement()
                .matches(port -> port.getPort().getStrVal().equals("http"));
    }

    @Test
    void theIngressLeadsToTheConfiguredPathOfTheService() throws IOException {
        var rule = replicas().only(Ingress.class).getSpec().getRules().get(0);

        assertThat(rule.getHost()).isEqualTo("ops.acme.example");
        assertThat(rule.getHttp().getPaths()).singleElement().satisfies(path -> {
            assertThat(path.getPath()).isEqualTo("/replicator");
            assertThat(path.getBackend().getService().getName()).isEqualTo("media-replicator");
        });
    }

    @Test
    void aRunningServerAnswersTheProbesAndUnderTheNamesOfTheCluster() throws IOException {
        Manifests objects = Chart.OURS.rendered("""
                mode: server
                config:
                  jobs: { media: { source: "file://%s/dev", destination: "file://%s/prod" } }
                  server:
                    base-path: /replicator
                    tokens: [ { name: prometheus, role: viewer, sha256: %s } ]
                server:
                  ingress: { enabled: true, host: ops.acme.example }
                  serviceMonitor: { enabled: true, tokenSecret: replicator-metrics }
                """.formatted(scratch, scratch, sha256(TOKEN)));
        Container container = container(objects);
        String metrics = objects.only(ServiceMonitor.class)
                .getSpec()
                .getEndpoints()
                .get(0)
                .getPath();
        Configuration read = RenderedConfiguration.load(objects.only(ConfigMap.class), container, scratch);
        Configuration local = read.withServer(read.server().withListen(ListenAddress.parse("127.0.0.1:0")));

        try (ReplicatorServer server = ReplicatorServer.start(
                local, Replicator.create(), scratch.resolve("state"), Clock.systemUTC(), "here")) {
            int port = server.uri().getPort();

            assertThat(probes(container))
                    .extracting(probe ->
                            status(port, "10.0.0.7:8080", probe.getHttpGet().getPath()))
                    .containsExactly(200, 200, 200);
            assertThat(status(port, "media-replicator.shop", metrics)).isEqualTo(401);
            for (String host : List.of("media-replicator", "media-replicator.shop.svc", "ops.acme.example")) {
                assertThat(status(port, host, metrics, "Authorization: Bearer " + TOKEN))
                        .as(host)
                        .isEqualTo(200);
            }
            assertThat(status(port, "evil.example", metrics, "Authorization: Bearer " + TOKEN))
                    .isEqualTo(421);
        }
    }

    private static Container container(Manifests objects) {
        return objects.pods().get(0).replicator().orElseThrow();
    }

    private static List<Probe> probes(Container container) {
        return List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe());
    }

    private static String sha256(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static int status(int port, String host, String path, String... headers) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                + String.join(
                        "", Stream.of(headers).map(header -> header + "\r\n").toList()) + "\r\n";
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aServerThatStopsIsNotTakenForOneThatHangs() throws IOException {
        Probe liveness = container(alone()).getLivenessProbe();

        assertThat(liveness.getPeriodSeconds() * liveness.getFailureThreshold())
                .isGreaterThan((int) CommandProbe.longestFarewell().toSeconds());
    }

    @Test
    void secretsAreFilesOfTheSecretThatIsNamed() throws IOException {
        Pods pods = replicas().pods().get(0);

        assertThat(pods.mountOf(container(replicas()), "/run/secrets/replicator/database"))
                .hasValueSatisfying(mount -> assertThat(pods.spec().getVolumes())
                        .filteredOn(volume -> volume.getName().equals(mount.getName()))
                        .allMatch(volume -> volume.getSecret().getSecretName().equals("replicator"))
                        .hasSize(1));
    }

    @Test
    void aNewConfigurationMakesNewPods() throws IOException {
        assertThat(checksum(Chart.example("server.yaml")))
                .isEqualTo(checksum(Chart.example("server.yaml")))
                .isNotEqualTo(checksum(Chart.example("server.yaml").replace("0 2 * * *", "0 3 * * *")));
    }

    private static String checksum(String values) throws IOException {
        return Chart.OURS
                .rendered(values)
                .pods()
                .get(0)
                .template()
                .getMetadata()
                .getAnnotations()
                .get("checksum/config");
    }

    @Test
    void whoInstallsItIsToldWhereTheDashboardIs() throws IOException {
        assertThat(Chart.OURS.notes(Chart.example("server-replicas.yaml")))
                .contains("https://ops.acme.example/replicator")
                .contains("PostgreSQL");
        assertThat(Chart.OURS.notes(Chart.example("server.yaml")))
                .contains("port-forward service/media-replicator 8080:80");
    }

    @Test
    void whoForgetsTheProxyIsTold() throws IOException {
        String behindAnIngress = Chart.example("server-replicas.yaml");

        assertThat(Chart.OURS.notes(behindAnIngress)).doesNotContain("trusted-proxies");
        assertThat(Chart.OURS.notes(Chart.example("server.yaml"))).doesNotContain("trusted-proxies");
        assertThat(Chart.OURS.notes(behindAnIngress.replaceAll("trusted-proxies: .*", "trusted-proxies: []")))
                .contains("config.server.trusted-proxies", "five wrong tokens");
        assertThat(Chart.OURS.notes(behindAnIngress.replaceAll("trusted-proxies: .*", "")))
                .contains("config.server.trusted-proxies", "five wrong tokens");
    }
}
