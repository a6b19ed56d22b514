package dev.replicator.s3.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.ListRequest;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.Page;
import dev.replicator.store.remote.NotProven;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever keys a bucket holds, a page that shows them as some server would is read back exactly. */
class PageReadingPropertyTest {
    /** How a server writes keys. */
    private enum Writer {
        S3,
        PERCENT_EVERYTHING,
        SPACES_IN_PERCENT_AND_BARE_PLUS,
        RAW
    }

    @Provide
    Arbitrary<String> keys() {
        Arbitrary<Integer> nasty =
                Arbitraries.of("\u0000\u0001\t\n\r\u001F +%&<>\"'/;\u007F\u0085\u00A0\u2028\uFFFD\uFFFE\uFFFF😀"
                        .codePoints()
                        .boxed()
                        .toArray(Integer[]::new));
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 0x10FFFF).filter(c -> c < 0xD800 || c > 0xDFFF);
        return Arbitraries.oneOf(nasty, any, Arbitraries.integers().between('a', 'e'))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(points -> points.stream().map(Character::toString).reduce("", String::concat));
    }

    @Provide
    Arbitrary<List<String>> buckets() {
        return keys().list().ofMaxSize(30);
    }

    @Property(tries = 500)
    void readsBackWhateverABucketHolds(@ForAll("buckets") List<String> drawn, @ForAll Writer writer) throws NotProven {
        List<ObjectKey> keys = sorted(drawn);
        String[] entries = keys.stream().map(key -> entry(key, writer)).toArray(String[]::new);
        String body = Answers.page(entries);
        if (writer == Writer.RAW) {
            body = body.replace("<EncodingType>url</EncodingType>", "");
        }

        Assume.that(writer != Writer.SPACES_IN_PERCENT_AND_BARE_PLUS || !body.contains("+") || body.contains("%20"));

        Page page = Answers.proven(body);

        List<ObjectKey> found = new ArrayList<>();
        for (int i = 0; i < page.count(); i++) {
            found.add(page.key(i));
        }
        assertThat(found).isEqualTo(keys);
    }

    @Property(tries = 200)
    void provesNothingOfABodyWithOneByteOfMarkupChanged(@ForAll("buckets") List<String> drawn, @ForAll int where)
            throws NotProven {
        String[] entries =
                sorted(drawn).stream().map(key -> entry(key, Writer.S3)).toArray(String[]::new);
        byte[] body = Answers.page(entries).getBytes(StandardCharsets.UTF_8);
        int at = Math.floorMod(where, body.length);
        byte[] changed = body.clone();
        changed[at] = (byte) (changed[at] == '<' ? '>' : '<');

        boolean proven;
        try {
            Answers.proven(ListRequest.everything(), changed);
            proven = true;
        } catch (NotProven e) {
            proven = false;
        }
        assertThat(proven && isMarkup(body, at)).as("byte %d", at).isFalse();
    }

    /** The XML declaration is skipped whole, and a bracket within quotes is a character like others. */
    private static boolean isMarkup(byte[] body, int at) {
        return at >= Answers.HEAD.length() && body[at] != '"';
    }

    private static List<ObjectKey> sorted(List<String> drawn) {
        TreeSet<ObjectKey> keys = new TreeSet<>();
        drawn.forEach(text -> keys.add(ObjectKey.of(text)));
        return List.copyOf(keys);
    }

    private static String entry(ObjectKey key, Writer writer) {
        return Answers.entry(writer == Writer.RAW ? raw(key.text()) : encoded(key.bytes(), writer));
    }

    private static String encoded(byte[] key, Writer writer) {
        StringBuilder text = new StringBuilder();
        for (byte b : key) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-_.*/".indexOf(c) >= 0);
            if (plain && writer != Writer.PERCENT_EVERYTHING) {
                text.append(c);
            } else if (c == ' ' && writer == Writer.S3) {
                text.append('+');
            } else if (c == '+' && writer == Writer.SPACES_IN_PERCENT_AND_BARE_PLUS) {
                text.append('+');
            } else {
                text.append(String.format("%%%02X", (int) c));
            }
        }
        return text.toString();
    }

    private static String raw(String key) {
        StringBuilder text = new StringBuilder();
        key.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '\r', '\n', '\t' -> text.append("&#").append(c).append(';');
                default -> {
                    if (c < 0x20 || c == 0xFFFE || c == 0xFFFF) {
                        text.append("&#x").append(Integer.toHexString(c)).append(';');
                    } else {
                        text.appendCodePoint(c);
                    }
                }
            }
        });
        return text.toString();
    }
}
