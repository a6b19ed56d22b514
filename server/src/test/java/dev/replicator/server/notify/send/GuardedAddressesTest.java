package dev.replicator.server.notify.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "198.18.0.1",
                "192.0.2.1",
                "203.0.113.7",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::a9fe:a9fe",
                "fd00:ec2::254",
                "fe80::1",
                "ff02::1",
                "2002:7f00:1::",
                "2001:0:7f00:1::",
                "2001:db8::1"
            })
    void whatIsInsideIsNotAsked(String address) throws UnknownHostException {
        InetAddress inside = InetAddress.getByName(address);
        GuardedAddresses guarded = new GuardedAddresses(host -> new InetAddress[] {inside}, false);

        assertThatThrownBy(() -> guarded.resolve("name.example")).isInstanceOf(ForbiddenAddressException.class);
        assertThatThrownBy(() -> GuardedAddresses.system(false).resolve(address))
                .isInstanceOf(ForbiddenAddressException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "172.15.255.255",
                "172.32.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "2606:4700:4700::1111",
                "2a00:1450:4001:80b::200e"
            })
    void whatIsPublicIsAsked(String address) throws UnknownHostException {
        assertThat(GuardedAddresses.system(false).resolve(address)).containsExactly(InetAddress.getByName(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "127.1",
                "8.8.8",
                "08.8.8.8",
                "8.8.8.8.",
                "256.1.1.1"
            })
    void numbersThatProgramsReadInDifferentWaysAreNoHosts(String host) {
        GuardedAddresses guarded =
                new GuardedAddresses(name -> new InetAddress[] {InetAddress.getByName("8.8.8.8")}, false);

        assertThatThrownBy(() -> guarded.resolve(host)).isInstanceOf(ForbiddenAddressException.class);
    }

    @Test
    void aNameThatLeadsInsideAndOutsideIsNotAskedAtAll() throws UnknownHostException {
        InetAddress[] both = {InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1")};

        assertThatThrownBy(() -> new GuardedAddresses(host -> both, false).resolve("name.example"))
                .isInstanceOf(ForbiddenAddressException.class);
    }

    @Test
    void aNameIsResolvedOnceAndNoAddressIsConnectedToButTheOneThatWasLookedAt() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        GuardedAddresses rebinding = new GuardedAddresses(
                host -> new InetAddress[] {InetAddress.getByName(asked.getAndIncrement() == 0 ? "8.8.8.8" : "127.0.0.1")
                },
                false);

        InetAddress[] first = rebinding.resolve("rebinding.example");

        assertThat(first).containsExactly(InetAddress.getByName("8.8.8.8"));
        assertThat(asked).hasValue(1);
        assertThatThrownBy(() -> rebinding.resolve("rebinding.example")).isInstanceOf(ForbiddenAddressException.class);
    }

    @Test
    void privateNetworksAreAskedWhereTheSettingsSaySo() throws UnknownHostException {
        assertThat(GuardedAddresses.system(true).resolve("127.0.0.1")).hasSize(1);
    }
}
