package dev.replicator.store;

import static dev.replicator.store.Fingerprint.Algorithm.CRC32C;
import static dev.replicator.store.Fingerprint.Algorithm.ETAG;
import static dev.replicator.store.Fingerprint.Algorithm.MD5;
import static dev.replicator.store.Fingerprint.Algorithm.SHA256;
import static dev.replicator.store.Fingerprint.Verdict.DIFFERENT;
import static dev.replicator.store.Fingerprint.Verdict.EQUAL;
import static dev.replicator.store.Fingerprint.Verdict.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static Fingerprint of(Fingerprint.Algorithm algorithm, String hex) {
        return new Fingerprint(algorithm, hex);
    }

    @Test
    void equalDigestsOfOneKindMeanEqualContent() {
        assertThat(Fingerprint.compare(List.of(of(MD5, "AB12")), List.of(of(MD5, "ab12"))))
                .isEqualTo(EQUAL);
        assertThat(Fingerprint.compare(List.of(of(ETAG, "x-3")), List.of(of(ETAG, "x-3"))))
                .isEqualTo(EQUAL);
    }

    @Test
    void differentDigestsOfOneKindMeanDifferentContent() {
        assertThat(Fingerprint.compare(List.of(of(SHA256, "aa")), List.of(of(SHA256, "bb"))))
                .isEqualTo(DIFFERENT);
    }

    @Test
    void differentEtagsMeanNothing() {
        assertThat(Fingerprint.compare(List.of(of(ETAG, "aa")), List.of(of(ETAG, "bb"))))
                .isEqualTo(UNKNOWN);
    }

    @Test
    void digestsOfDifferentKindsMeanNothing() {
        assertThat(Fingerprint.compare(List.of(of(MD5, "aa")), List.of(of(CRC32C, "aa"))))
                .isEqualTo(UNKNOWN);
        assertThat(Fingerprint.compare(List.of(), List.of(of(MD5, "aa")))).isEqualTo(UNKNOWN);
        assertThat(Fingerprint.compare(List.of(), List.of())).isEqualTo(UNKNOWN);
    }

    @Test
    void oneDecisivePairDecidesAndDifferentGoesFirst() {
        List<Fingerprint> ours = List.of(of(ETAG, "e1"), of(CRC32C, "c"), of(MD5, "m"));

        assertThat(Fingerprint.compare(ours, List.of(of(ETAG, "e2"), of(CRC32C, "c"))))
                .isEqualTo(EQUAL);
        assertThat(Fingerprint.compare(ours, List.of(of(ETAG, "e1"), of(MD5, "x"))))
                .isEqualTo(DIFFERENT);
        assertThat(Fingerprint.compare(ours, List.of(of(MD5, "x"), of(ETAG, "e1"))))
                .isEqualTo(DIFFERENT);
    }

    @Property
    void theVerdictIsTheSameFromBothSides(
            @ForAll List<Fingerprint.Algorithm> ours,
            @ForAll List<Fingerprint.Algorithm> theirs,
            @ForAll boolean equal) {
        List<Fingerprint> one =
                ours.stream().map(algorithm -> of(algorithm, "aa")).toList();
        List<Fingerprint> other = theirs.stream()
                .map(algorithm -> of(algorithm, equal ? "aa" : "bb"))
                .toList();

        assertThat(Fingerprint.compare(one, other)).isEqualTo(Fingerprint.compare(other, one));
        assertThat(Fingerprint.compare(one, other)).isNotEqualTo(equal ? DIFFERENT : EQUAL);
    }
}
