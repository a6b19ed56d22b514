package dev.replicator.infra.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the pods may call, and who may call them. */
class NetworkPolicyTest {
    private static NetworkPolicySpec policy(String example, String... values) throws IOException {
        String[] all = Stream.concat(Stream.of(Chart.example(example)), Stream.of(values))
                .toArray(String[]::new);
        return Chart.OURS.rendered(all).only(NetworkPolicy.class).getSpec();
    }

    private static Stream<String> ports(NetworkPolicyEgressRule rule) {
        return rule.getPorts().stream()
                .map(port -> port.getProtocol() + port.getPort().getIntVal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hook.yaml", "cron.yaml"})
    void nobodyCallsARunThatServesNothing(String example) throws IOException {
        NetworkPolicySpec policy = policy(example);

        assertThat(policy.getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(policy.getIngress()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.replicator.infra.kubernetes.ChartTest#examples")
    void namesAndBucketsAreReachedAndPlainHttpOnlyOfTheCloudsIdentity(String example) throws IOException {
        NetworkPolicySpec policy = policy(example);

        assertThat(policy.getEgress().stream()
                        .filter(rule -> rule.getTo().isEmpty())
                        .flatMap(NetworkPolicyTest::ports))
                .containsExactlyInAnyOrder("UDP53", "TCP53", "TCP443");
        assertThat(policy.getEgress())
                .filteredOn(rule -> ports(rule).anyMatch("TCP80"::equals))
                .singleElement()
                .satisfies(rule -> assertThat(rule.getTo())
                        .allMatch(peer -> peer.getIpBlock().getCidr().matches("169\\.254\\.[0-9.]+/32")));
    }

    @Test
    void theServerIsReachedByWhomTheValuesName() throws IOException {
        assertThat(policy("server.yaml").getIngress().get(0).getFrom())
                .singleElement()
                .matches(peer -> peer.getPodSelector() != null && peer.getNamespaceSelector() == null);
        assertThat(policy("server-replicas.yaml").getIngress().get(0).getFrom())
                .hasSize(2)
                .allMatch(peer -> peer.getNamespaceSelector() != null);
    }

    @Test
    void theDatabaseIsReachedWhereTheValuesSaySo() throws IOException {
        assertThat(policy("server-replicas.yaml").getEgress().stream().flatMap(NetworkPolicyTest::ports))
                .contains("TCP5432");
    }

    @Test
    void thereIsNoneWhereNobodyWantsOne() throws IOException {
        assertThat(Chart.OURS
                        .rendered(Chart.example("server.yaml"), "networkPolicy: { enabled: false }")
                        .all(NetworkPolicy.class))
                .isEmpty();
    }
}
