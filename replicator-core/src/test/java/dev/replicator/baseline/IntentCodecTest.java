package dev.replicator.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.Version;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntentCodecTest {
    private static final BaselineSubject SUBJECT = new BaselineSubject(
            "s3://dev", "gs://prod", List.of(new BaselineSubject.Path("a/", "b/")), "size-and-modified", "");
    /** Each delete is of a version that was seen. */
    private static final Version SEEN = new Version("seen");

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final String KEY = "\"pair\":0,\"key\":\"YS9i\"";
    private static final String STATE = "\"version\":\"v1\",\"size\":5,\"second\":7,\"nano\":9";

    @Provide
    Arbitrary<List<IntentCodec.Row>> rows() {
        Arbitrary<Version> versions =
                Arbitraries.strings().ofMinLength(1).ofMaxLength(40).alpha().map(Version::new);
        Arbitrary<ObjectState> states = Combinators.combine(
                        versions,
                        Arbitraries.longs().greaterOrEqual(0),
                        Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                        Arbitraries.integers().between(0, 999_999_999),
                        Arbitraries.longs().greaterOrEqual(0))
                .as((version, size, second, nano, metageneration) -> new ObjectState(
                        version.token().getBytes(StandardCharsets.UTF_8), size, second, nano, metageneration));
        Arbitrary<List<Fingerprint>> digests = Arbitraries.of(Algorithm.values())
                .list()
                .uniqueElements()
                .map(all ->
                        all.stream().map(one -> new Fingerprint(one, "0a1b")).toList());
        Arbitrary<ObjectKey> keys = Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(60)
                .map(ObjectKey::ofBytes);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        keys,
                        states.optional(),
                        digests,
                        versions.optional(),
                        Arbitraries.of(Intent.Metadata.values()))
                .as((pair, key, state, content, replaces, metadata) -> new IntentCodec.Row(
                        new BaselineKey(pair, key),
                        new Intent(
                                "r1",
                                AT,
                                key,
                                state,
                                content,
                                state.isPresent() ? replaces : replaces.or(() -> Optional.of(SEEN)),
                                metadata)))
                .list()
                .ofMaxSize(20);
    }

    private static List<IntentCodec.Row> read(byte[] bytes) throws IOException {
        return IntentCodec.rows("r1", AT, SUBJECT, bytes);
    }

    /** The row that a line of another writer's would be read as, behind a head of ours. */
    private static IntentCodec.Row row(String json) throws IOException {
        return read(zipped(head() + json + "\n")).get(0);
    }

    private static String head() throws IOException {
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(IntentCodec.bytes(SUBJECT, List.of())))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Property(tries = 200)
    void givesBackWhatWasWritten(@ForAll("rows") List<IntentCodec.Row> rows) throws IOException {
        assertThat(read(IntentCodec.bytes(SUBJECT, rows))).isEqualTo(rows);
    }

    @Property(tries = 100)
    void aTornObjectIsAnErrorAndNeverFewerRows(@ForAll("rows") List<IntentCodec.Row> rows) {
        byte[] whole = IntentCodec.bytes(SUBJECT, rows);
        for (int length = 0; length < whole.length; length += 1 + whole.length / 37) {
            byte[] torn = Arrays.copyOf(whole, length);

            assertThatThrownBy(() -> read(torn))
                    .as("%d of %d", length, whole.length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Property(tries = 300)
    void whateverLineIsReadOrRefused(@ForAll String line) throws IOException {
        byte[] bytes = zipped(head() + line + "\n");
        try {
            assertThat(read(bytes)).isNotNull();
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    /** What an older version of ours did not write. */
    @Test
    void fieldsThatOlderRunsDidNotWriteHaveTheirDefaults() throws IOException {
        Intent intent = row("{" + KEY + "," + STATE + "}").intent();

        assertThat(intent.key()).isEqualTo(ObjectKey.of("a/b"));
        assertThat(intent.source()).contains(new ObjectState("v1".getBytes(StandardCharsets.UTF_8), 5, 7, 9, 0));
        assertThat(intent.replaces()).isEmpty();
        assertThat(intent.metadata()).isEqualTo(Intent.Metadata.SOURCES);
        assertThat(intent.content()).isEmpty();
    }

    /** What a newer version of ours may write. */
    @Test
    void unknownFieldsAreReadOver() throws IOException {
        String known = KEY + "," + STATE + ",\"metageneration\":3,\"replaces\":\"v0\",\"keepsMetadata\":true,"
                + "\"digests\":[\"MD5\",\"00\"]";

        assertThat(row("{\"later\":{\"x\":[1]}," + known + ",\"more\":null}")).isEqualTo(row("{" + known + "}"));
        Intent intent = row("{" + known + "}").intent();
        assertThat(intent.replaces()).contains(new Version("v0"));
        assertThat(intent.metadata()).isEqualTo(Intent.Metadata.KEPT);
        assertThat(intent.source().orElseThrow().metageneration()).isEqualTo(3);
        assertThat(intent.content()).containsExactly(new Fingerprint(Algorithm.MD5, "00"));
    }

    @Test
    void aLineWithoutASourceAnnouncesADelete() throws IOException {
        Intent intent = row("{" + KEY + ",\"replaces\":\"v0\",\"digests\":[]}").intent();

        assertThat(intent.deletes()).isTrue();
        assertThat(intent.source()).isEqualTo(Optional.empty());
    }

    /** A half of a state could pass for a delete, or for an empty object. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"pair\":0}",
                "{\"pair\":0,\"key\":\"\"}",
                "{\"pair\":0,\"key\":7}",
                "{\"pair\":0,\"key\":\"?\"}",
                "{\"key\":\"YS9i\",\"replaces\":\"v0\"}",
                "{\"pair\":-1,\"key\":\"YS9i\",\"replaces\":\"v0\"}",
                "{" + KEY + "}",
                "{" + KEY + ",\"size\":5,\"second\":7,\"nano\":9,\"replaces\":\"v0\"}",
                "{" + KEY + ",\"version\":\"v1\",\"second\":7,\"nano\":9}",
                "{" + KEY + ",\"version\":\"v1\",\"size\":5,\"nano\":9}",
                "{" + KEY + ",\"version\":\"v1\",\"size\":5,\"second\":7}",
                "{" + KEY + ",\"version\":\"v1\",\"size\":-5,\"second\":7,\"nano\":9}",
                "{" + KEY + ",\"version\":\"v1\",\"size\":5,\"second\":9223372036854775807,\"nano\":9}",
                "{" + KEY + ",\"version\":\"v1\",\"size\":5,\"second\":7,\"nano\":1000000000}",
                "{" + KEY + "," + STATE + ",\"digests\":[\"MD5\"]}",
                "{" + KEY + "," + STATE + ",\"digests\":[\"MD6\",\"00\"]}"
            })
    void aLineThatLacksWhatItIsAboutIsRefused(String line) {
        assertThatThrownBy(() -> row(line)).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsAboutOtherPlacesOrOfAnotherFormatIsRefused() throws IOException {
        byte[] others = IntentCodec.bytes(
                new BaselineSubject("s3://dev", "gs://other", SUBJECT.paths(), SUBJECT.rule(), ""), List.of());
        byte[] later = zipped(head().replace("\"format\":1", "\"format\":2"));

        assertThatThrownBy(() -> read(others)).hasMessageContaining("about other locations");
        assertThatThrownBy(() -> read(later)).hasMessageContaining("another format");
    }
}
