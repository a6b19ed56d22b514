package dev.replicator.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlKeysTest {
    private static boolean isControl(String key) {
        byte[] bytes = ("xx" + key + "xx").getBytes(StandardCharsets.UTF_8);
        return ControlKeys.isControl(bytes, 2, bytes.length - 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".replicator",
                ".replicator/",
                ".replicator/job/marker.json",
                "a/.replicator/b",
                "a/b/.replicator",
                "//.replicator//"
            })
    void aKeyWithOurSegmentIsOurs(String key) {
        assertThat(isControl(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "replicator/a",
                ".replicator2/a",
                "x.replicator/a",
                ".replicato",
                ".Replicator/a",
                "a/.replicator.bak",
                ".replicator /a"
            })
    void anyOtherKeyIsNot(String key) {
        assertThat(isControl(key)).isFalse();
    }

    @Property(tries = 2_000)
    void itIsOursIfAndOnlyIfASegmentIs(@ForAll @From("keys") String key) {
        assertThat(isControl(key)).isEqualTo(List.of(key.split("/", -1)).contains(".replicator"));
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of(".replicator", ".", "replicator", "/", "/", "a", ".rep", "licator", "é")
                .list()
                .ofMaxSize(8)
                .map(pieces -> String.join("", pieces));
    }
}
