package dev.replicator.gcs.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.ListRequest;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.Page;
import dev.replicator.store.ServiceTrait;
import dev.replicator.store.remote.NotProven;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever names a bucket holds, a page that shows them as some server would is read back exactly. */
class PageReadingPropertyTest {
    /** How a server writes names. */
    private enum Writer {
        RAW,
        ESCAPES_WHAT_IT_MUST_BY_NUMBER,
        ESCAPES_ALL_BUT_ASCII,
        ESCAPES_EVERYTHING
    }

    @Provide
    Arbitrary<List<String>> buckets() {
        Arbitrary<Integer> nasty =
                Arbitraries.of("\u0000\u0001\t\n\r\u001F +%&<>\"'/\\;\u007F\u0085\u2028\uFFFD\uFFFF😀"
                        .codePoints()
                        .boxed()
                        .toArray(Integer[]::new));
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 0x10FFFF).filter(c -> c < 0xD800 || c > 0xDFFF);
        return Arbitraries.oneOf(nasty, any, Arbitraries.integers().between('a', 'e'))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(points -> points.stream().map(Character::toString).reduce("", String::concat))
                .list()
                .ofMaxSize(30);
    }

    @Property(tries = 500)
    void readsBackWhateverABucketHolds(@ForAll("buckets") List<String> drawn, @ForAll Writer writer) throws NotProven {
        List<ObjectKey> keys = sorted(drawn);
        String[] entries = keys.stream()
                .map(key -> Answers.entry(written(key.text(), writer)))
                .toArray(String[]::new);

        Page page = Answers.proven(Answers.page(entries));

        List<ObjectKey> found = new ArrayList<>();
        for (int i = 0; i < page.count(); i++) {
            found.add(page.key(i));
        }
        assertThat(found).isEqualTo(keys);
    }

    @Property(tries = 200)
    void provesNothingOfABodyWithAQuoteOrBracketLost(@ForAll("buckets") List<String> drawn, @ForAll int where) {
        String[] entries = sorted(drawn).stream()
                .map(key -> Answers.entry(written(key.text(), Writer.ESCAPES_EVERYTHING)))
                .toArray(String[]::new);
        byte[] body = Answers.page(entries).getBytes(StandardCharsets.UTF_8);
        int at = Math.floorMod(where, body.length);
        while ("{}[]\"".indexOf(body[at]) < 0) {
            at = (at + 1) % body.length;
        }
        body[at] = ' ';

        boolean proven;
        try {
            new Answers.Reader(ListRequest.everything()).read(body);
            proven = true;
        } catch (NotProven e) {
            proven = false;
        }
        assertThat(proven).as("byte %d", at).isFalse();
    }

    private static List<ObjectKey> sorted(List<String> drawn) {
        TreeSet<ObjectKey> keys = new TreeSet<>();
        drawn.forEach(text -> keys.add(ObjectKey.of(text)));
        return List.copyOf(keys);
    }

    private static String written(String name, Writer writer) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean must = c < 0x20 || c == '"' || c == '\\';
            boolean escaped = switch (writer) {
                case RAW, ESCAPES_WHAT_IT_MUST_BY_NUMBER -> must;
                case ESCAPES_ALL_BUT_ASCII -> must || c > 0x7E;
                case ESCAPES_EVERYTHING -> true;
            };
            if (!escaped) {
                text.append(c);
            } else if (writer == Writer.RAW && "\b\f\n\r\t\"\\".indexOf(c) >= 0) {
                text.append('\\').append("bfnrt\"\\".charAt("\b\f\n\r\t\"\\".indexOf(c)));
            } else {
                text.append(String.format("\\u%04x", (int) c));
            }
        }
        return text.toString();
    }

    @Test
    void readsEveryFieldOfAnEntry() throws NotProven {
        ObjectMeta meta = Answers.proven(
                        " {\n \"kind\": \"storage#objects\" ,\n\"prefixes\": [ \"x\" ], \"items\": [\r\n{"
                                + "\"kind\":\"storage#object\",\"acl\":[{\"a\":{\"b\":[1,-2.5e3,true,null]}}],"
                                + "\"name\": \"a\", \"bucket\": \"photos\", \"generation\": \"9223372036854775807\","
                                + "\"metageneration\": 7, \"size\": 12, \"timeCreated\": \"2026-01-02T03:04:05.678901Z\","
                                + "\"md5Hash\": \"" + Base64.getEncoder().encodeToString(new byte[16]) + "\","
                                + "\"crc32c\": \"AAAAAQ==\" } ]\t}\n")
                .meta(0);

        assertThat(meta.size()).isEqualTo(12);
        assertThat(meta.version().token()).isEqualTo("9223372036854775807");
        assertThat(meta.metageneration()).isEqualTo(7);
        assertThat(meta.modified()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
        assertThat(meta.fingerprints().toString()).contains("00000001").contains("0".repeat(32));
    }

    @Test
    void readsAnEntryWithoutDigests() throws NotProven {
        String bare = Answers.entry("a").replaceAll(",\"(md5Hash|crc32c)\":\"[^\"]*\"", "");

        assertThat(Answers.proven(Answers.page(bare)).meta(0).fingerprints()).isEmpty();
        for (String[] broken :
                new String[][] {{"L1MZ4Q==", "L1M!4Q=="}, {"L1MZ4Q==", "L1MZ4Q=A"}, {"L1MZ4Q==", "AAAA"}}) {
            assertThat(Answers.proven(Answers.page(Answers.entry("a").replace(broken[0], broken[1])))
                            .meta(0)
                            .fingerprints())
                    .extracting(Fingerprint::algorithm)
                    .containsExactly(Fingerprint.Algorithm.MD5);
        }
    }

    private static String dressed(String name, String members) {
        return Answers.entry(name).replace("\"size\"", members + ",\"size\"");
    }

    private static Page dressed(String... entries) throws NotProven {
        return Answers.proven(ListRequest.everything().withMetadata(), Answers.page(entries));
    }

    @Test
    void showsMetadataOfEntriesThatHaveThem() throws NotProven {
        String css = "\"storageClass\":\"STANDARD\",\"contentType\":\"text/css\"";
        Page page = dressed(
                dressed("a", css),
                dressed("b", css),
                Answers.entry("c"),
                dressed("d", "\"metadata\" : { \"a\\u003ab\" : \"\\\"}\" } , \"storageClass\":\"NEARLINE\""),
                dressed("e", "\"contentType\":\"text/css\""));

        assertThat(page.meta(0).metadata()).contains(ObjectMetadata.ofContentType("text/css"));
        assertThat(page.meta(1).metadata().orElseThrow())
                .as("made once")
                .isSameAs(page.meta(0).metadata().orElseThrow());
        assertThat(page.meta(2).metadata()).isEmpty();
        assertThat(page.meta(3).metadata().orElseThrow().user()).isEqualTo(Map.of("a:b", "\"}"));
        assertThat(page.meta(3).metadata().orElseThrow().traits())
                .isEqualTo(Map.of(ServiceTrait.STORAGE_CLASS, "NEARLINE"));
        assertThat(page.meta(4).metadata()).as("not shown whole").isEmpty();
        assertThat(Answers.proven(Answers.page(dressed("a", css))).meta(0).metadata())
                .as("not asked for")
                .isEmpty();
    }

    @Test
    void leavesMetadataThatMakeNoSenseToAHead() throws NotProven {
        for (String odd : new String[] {
            "\"contentType\":[1]", "\"metadata\":\"text\"", "\"customTime\":\"yesterday\"", "\"temporaryHold\":12"
        }) {
            assertThat(dressed(dressed("a", "\"storageClass\":\"STANDARD\"," + odd))
                            .meta(0)
                            .metadata())
                    .as(odd)
                    .isEmpty();
        }
    }

    @Test
    void provesNothingOfAnEntryThatTellsItsMetadataTwice() {
        String twice = "\"contentType\":\"text/css\",\"storageClass\":\"STANDARD\",\"contentType\":\"text/html\"";

        assertThatThrownBy(() -> dressed(dressed("a", twice)))
                .isInstanceOf(NotProven.class)
                .hasMessageContaining("twice");
    }

    @Test
    void takesAListingWithoutItemsForAnEmptyOne() throws NotProven {
        Answers.Reader reader = new Answers.Reader(ListRequest.everything());

        assertThat(reader.read("{\"kind\":\"storage#objects\"}").count()).isZero();
        assertThat(reader.isDone()).isTrue();
    }
}
