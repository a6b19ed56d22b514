package dev.replicator.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.config.ConfigException;
import dev.replicator.config.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, origins, addresses and paths, as tables. */
class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "localhost, true", "LOCALHOST:8080, true", "127.0.0.1, true", "[::1]:99, true", "sync.example, true",
        "sync.example:443, true", "10.0.0.1, false", "xsync.example, false", "sync.example.evil, false", "'', false",
        "evil, false", "localhost., false", "[::1, false", "a b, false", "'localhost, evil', false"
    })
    void aLoopbackServerHasTheNamesOfThisMachineAndThoseThatAreConfigured(String host, boolean allowed)
            throws UnknownHostException {
        HostNames names = new HostNames("127.0.0.1", InetAddress.getLoopbackAddress(), List.of("Sync.example:8443"));

        assertThat(names.allow(host)).isEqualTo(allowed);
    }

    @Test
    void aServerAtAllAddressesHasEachOfThemForAName() throws UnknownHostException {
        HostNames names = new HostNames("0.0.0.0", InetAddress.getByName("0.0.0.0"), List.of());

        assertThat(names.allow("10.1.2.3:8080")).isTrue();
        assertThat(names.allow("[2001:db8::1]:8080")).isTrue();
        assertThat(names.allow("10.1.2.3.nip.io")).isFalse();
        assertThat(names.allow("evil.example")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://here:1, , here:1, true",
        "https://here, , here, true",
        "https://here, , here:443, true",
        "http://HERE:1, same-origin, here:1, true",
        "null, , here, false",
        "http://there:1, , here:1, false",
        "http://here:2, , here:1, false",
        "http://here:1, same-site, here:1, false",
        ", same-origin, here, true",
        ", none, here, false",
        ", , here, false",
        "file://here, , here, false",
        "http://here@there, , here, false",
        "%%%, , here, false",
        "http://there, same-origin, here, false"
    })
    void aPageIsOfThisServerWhereTheBrowserSaysSo(String origin, String site, String host, boolean same) {
        assertThat(SameOrigin.holds(Optional.ofNullable(origin), Optional.ofNullable(site), host))
                .isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
        "2001:db8:1:2::9, 20010db800010002/64",
        "[2001:db8:1:3::9], 20010db800010003/64",
        "::ffff:10.0.0.1, 10.0.0.1"
    })
    void guessesAreCountedByAddressAndOfIpv6ByTheNetworkThatOneClientHas(String address, String network) {
        assertThat(ClientAddress.network(address)).isEqualTo(network);
    }

    @ParameterizedTest(name = "{0} says \"{1}\": {2}")
    @CsvSource({
        "10.0.0.5, 198.51.100.7, 198.51.100.7",
        "10.0.0.5, '203.0.113.9, 198.51.100.7', 198.51.100.7",
        "10.0.0.5, '203.0.113.9,198.51.100.7 , 10.0.0.6,192.0.2.1', 198.51.100.7",
        "10.0.0.5, '<script>, 198.51.100.7', 198.51.100.7",
        "10.0.0.5, 198.51.100.7:4711, 198.51.100.7",
        "10.0.0.5, '[2001:db8::7]:4711', 2001:db8:0:0:0:0:0:7",
        "10.0.0.5, 2001:db8::7, 2001:db8:0:0:0:0:0:7",
        "'[fd00::1]', 198.51.100.7, 198.51.100.7",
        "::ffff:10.0.0.5, 198.51.100.7, 198.51.100.7",
        "10.0.0.5, '', 10.0.0.5",
        "10.0.0.5, '198.51.100.7,', 10.0.0.5",
        "10.0.0.5, '198.51.100.7, unknown', 10.0.0.5",
        "10.0.0.5, '198.51.100.7, localhost', 10.0.0.5",
        "10.0.0.5, '198.51.100.7, unknown, 10.0.0.6', 10.0.0.5",
        "10.0.0.5, 198.51.100.7.1, 10.0.0.5",
        "10.0.0.5, '10.0.0.6, 192.0.2.1', 10.0.0.5",
        "10.0.1.5, 198.51.100.7, 10.0.1.5",
        "198.51.100.7, 203.0.113.9, 198.51.100.7"
    })
    void aProxysWordIsBelievedAsFarAsItSawItself(String connection, String forwarded, String client) {
        ClientAddress addresses = new ClientAddress(
                List.of(Network.parse("10.0.0.0/24"), Network.parse("192.0.2.1"), Network.parse("fd00::/8")));

        assertThat(addresses.of(connection, List.of(forwarded))).isEqualTo(client);
        assertThat(addresses.of(connection, List.of(forwarded.split(",", -1)))).isEqualTo(client);
        assertThat(new ClientAddress(List.of()).of(connection, List.of(forwarded)))
                .isEqualTo(connection);
    }

    @ParameterizedTest
    @CsvSource({
        "/some/path, /some/path/api/v1/jobs, /api/v1/jobs",
        "/some/path, /api/v1/jobs, /api/v1/jobs",
        "/some/path, /some/path/, /",
        "/some/path, /some/pathx/api, /some/pathx/api",
        "/, /api, /api"
    })
    void theBasePathIsTakenOffWhereItIsThere(String base, String asked, String stripped) {
        assertThat(new BasePath(base).stripped(asked)).isEqualTo(stripped);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "x", "/x/", "//", "/a//b", "/../x", "/a b", "/a;b", "/%2e", "/api", "/api/x", "/health", "/<b>"
            })
    void aBasePathThatCannotBeOneIsRefused(String base) {
        assertThatThrownBy(() -> new BasePath(base)).isInstanceOf(ConfigException.class);
    }

    @Test
    void aCookieIsForHttpsUnlessTheBrowserIsOnThisMachine() {
        BasePath root = new BasePath("/");
        BasePath below = new BasePath("/x");

        assertThat(SessionCookie.of(root, "localhost:8080", "http", "").secure())
                .isFalse();
        assertThat(SessionCookie.of(root, "sync.example", "http", "").name()).isEqualTo("__Host-replicator-session");
        assertThat(SessionCookie.of(root, "sync.example", "http", "http").secure())
                .isTrue();
        assertThat(SessionCookie.of(root, "localhost", "http", "https").secure())
                .isTrue();
        assertThat(SessionCookie.of(below, "sync.example", "https", "").name()).isEqualTo("replicator-session");
        assertThat(SessionCookie.of(below, "sync.example", "https", "").removed())
                .isEqualTo("replicator-session=; Path=/x; Max-Age=0; HttpOnly; SameSite=Strict; Secure");
    }

    @Test
    void aTraceIdIsTheClientsWhereItIsOne() {
        String given = "0af7651916cd43dd8448eb211c80319c";
        assertThat(TraceId.of(Optional.of("00-" + given + "-b7ad6b7169203331-01")))
                .isEqualTo(given);
        assertThat(TraceId.of(Optional.of("00-" + given + "-b7ad6b7169203331-01\r\nx")))
                .isNotEqualTo(given)
                .matches("[0-9a-f]{32}");
    }
}
