package dev.replicator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest(name = "{0}: {1} is inside, {2} is not")
    @CsvSource({
        "10.0.0.5, 10.0.0.5, 10.0.0.4",
        "10.0.0.0/24, 10.0.0.255, 10.0.1.0",
        "10.0.0.128/25, 10.0.0.128, 10.0.0.127",
        "128.0.0.0/1, 255.255.255.255, 127.0.0.1",
        "0.0.0.0/8, 0.255.0.1, 1.0.0.0",
        "fd00::/8, fdff::1, fc00::1",
        "2001:db8::/33, 2001:db8:7fff::1, 2001:db8:8000::1",
        "::1, 0:0:0:0:0:0:0:1, ::2",
        "::ffff:10.0.0.5, 10.0.0.5, ::10.0.0.5",
        "10.0.0.0/24, ::ffff:10.0.0.9, a00::9"
    })
    void anAddressIsInsideOrNot(String network, String inside, String outside) {
        assertThat(Network.parse(network).contains(Network.address(inside).orElseThrow()))
                .isTrue();
        assertThat(Network.parse(network).contains(Network.address(outside).orElseThrow()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "localhost",
                "10.0.0",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/33",
                "10.0.0.256",
                "010.0.0.1",
                "10.0.0.1.",
                "1",
                "0x7f000001",
                "::1/129",
                "fe80::1%eth0",
                "[::1]",
                ":::",
                "a:b",
                "1.2.3.4:80",
                "dead.beef",
                ".a:b",
                ".::1",
                "..:"
            })
    void whatIsNoNetworkIsRefusedWithoutLookingUpAName(String text) {
        assertThatThrownBy(() -> Network.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("is no address and no network");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.5", "10.0.0.0/24", "0.0.0.0/8", "fd00:0:0:0:0:0:0:0/8"})
    void readsAsItIsWritten(String text) {
        assertThat(Network.parse(text)).hasToString(text);
    }
}
