package dev.replicator.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.ObjectKey;
import dev.replicator.store.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestJsonTest {
    private static final Manifest MANIFEST = new Manifest(
            "20261121T035959Z-1a2b3c4d",
            Instant.parse("2026-11-21T04:00:00Z"),
            new BaselineSubject(
                    "s3://dev",
                    "s3://prod at http://localhost:9000",
                    List.of(new BaselineSubject.Path("a/", "b/\u00e4/"), new BaselineSubject.Path("", "")),
                    "size-and-modified",
                    "+a\n-b"),
            true,
            List.of(
                    new Chunk("r/000-000000", 0, 7, 123, "ab12", ObjectKey.ofBytes(new byte[] {-1, 0, 10})),
                    new Chunk("r/001-000000", 1, 1, 5, "cd34", ObjectKey.of("z"))));

    @Test
    void givesBackWhatWasWritten() throws UnusableBaselineException {
        assertThat(ManifestJson.parse(ManifestJson.bytes(MANIFEST))).isEqualTo(MANIFEST);
    }

    @Test
    void tornAnywhereItIsNone() {
        byte[] whole = ManifestJson.bytes(MANIFEST);
        for (int length = 0; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ManifestJson.parse(torn)).isInstanceOf(UnusableBaselineException.class);
        }
    }

    @Test
    void withAnyByteChangedItIsNone() {
        byte[] whole = ManifestJson.bytes(MANIFEST);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> ManifestJson.parse(changed)).isInstanceOf(UnusableBaselineException.class);
        }
    }

    @Test
    void withMoreBehindItItIsNone() {
        byte[] whole = ManifestJson.bytes(MANIFEST);
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);

        assertThatThrownBy(() -> ManifestJson.parse(longer)).isInstanceOf(UnusableBaselineException.class);
    }

    @Test
    void aNewerFormatIsNone() {
        String newer = new String(ManifestJson.bytes(MANIFEST), StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElseThrow()
                        .replace("\"format\":1", "\"format\":2")
                + "\n";
        byte[] sealed = (newer + "{\"sha256\":\"" + Sha256.hex(newer.getBytes(StandardCharsets.UTF_8)) + "\"}\n")
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> ManifestJson.parse(sealed))
                .isInstanceOf(UnusableBaselineException.class)
                .hasMessageContaining("format 2");
    }

    @Test
    void aPartOfAPathHasItsPlaceWithinThatPath() {
        BaselineSubject subject = MANIFEST.subject();

        assertThat(subject.placeOf(new BaselineSubject.Path("a/x/", "b/\u00e4/x/")))
                .contains(new BaselineSubject.Place(0, "x/"));
        assertThat(subject.placeOf(new BaselineSubject.Path("a/", "b/\u00e4/")))
                .contains(new BaselineSubject.Place(0, ""));
        assertThat(new BaselineSubject("s", "d", List.of(new BaselineSubject.Path("a/", "b/")), "r", "")
                        .placeOf(new BaselineSubject.Path("a/x/", "b/y/")))
                .isEmpty();
    }
}
