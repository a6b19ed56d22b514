package dev.replicator.testkit.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.testkit.s3.model.Weakness;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXParseException;

class FakeS3ListingTest {
    private static final String REPLACEMENT = "\ufffd";
    private static final String EMOJI = "\ud83d\ude00";

    private FakeS3 fake = FakeS3.start();

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void listsInTheOrderOfUtf8Bytes() {
        fill("a", "B", "a/b", "a-b", REPLACEMENT, EMOJI, "\uffee", "\u00e9");

        assertThat(keys("")).containsExactly("B", "a", "a-b", "a/b", "\u00e9", "\uffee", REPLACEMENT, EMOJI);
    }

    @Test
    void pagesWithTokensThatHoldForOneQuestionOnly() {
        fill("p/1", "p/2", "p/3", "q");
        Wire wire = new Wire(fake);

        Wire.Reply first = wire.get("/bucket?list-type=2&max-keys=2&prefix=p%2F");
        String token = URLEncoder.encode(first.element("NextContinuationToken"), StandardCharsets.UTF_8);
        Wire.Reply second = wire.get("/bucket?continuation-token=" + token + "&list-type=2&max-keys=2&prefix=p%2F");

        assertThat(first.element("IsTruncated")).isEqualTo("true");
        assertThat(first.element("KeyCount")).isEqualTo("2");
        assertThat(all("Key", second)).containsExactly("p/3");
        assertThat(second.element("IsTruncated")).isEqualTo("false");
        assertThat(Wire.code(wire.get("/bucket?continuation-token=" + token + "&list-type=2&prefix=q")))
                .isEqualTo("InvalidArgument");
        assertThat(Wire.code(wire.get("/bucket?continuation-token=x&list-type=2")))
                .isEqualTo("InvalidArgument");
    }

    @Test
    void startsStrictlyAfter() {
        fill("a", "a\u0001", "b");

        assertThat(keys("&start-after=a")).containsExactly("a\u0001", "b");
        assertThat(keys("&start-after=A")).containsExactly("a", "a\u0001", "b");
    }

    @Test
    void rollsUpAtTheDelimiterOverPages() {
        fill("a/1", "a/2", "a/" + EMOJI, "b", "c/1", "d");
        Wire wire = new Wire(fake);
        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            String from = token.isEmpty() ? "" : "continuation-token=" + token + "&";
            Wire.Reply page = wire.get("/bucket?" + from + "delimiter=%2F&list-type=2&max-keys=1");
            List<String> prefixes = all("Prefix", page);
            seen.addAll(all("Key", page));
            seen.addAll(prefixes.subList(1, prefixes.size()));
            token = URLEncoder.encode(page.element("NextContinuationToken"), StandardCharsets.UTF_8);
        } while (!token.isEmpty());

        assertThat(seen).containsExactly("a/", "b", "c/", "d");
    }

    @Test
    void encodesKeysOnRequest() {
        fill("a b+c/\u0001\u00e9");

        Wire.Reply reply = new Wire(fake).get("/bucket?encoding-type=url&list-type=2");

        assertThat(reply.element("Key")).isEqualTo("a+b%2Bc/%01%C3%A9");
        assertThat(reply.element("EncodingType")).isEqualTo("url");
    }

    @Test
    void writesControlCharactersAsReferencesThatXmlParsersRefuse() {
        fill("a\u0001");

        Wire.Reply reply = new Wire(fake).get("/bucket?list-type=2");

        assertThat(reply.text()).contains("<Key>a&#x1;</Key>");
        assertThatThrownBy(() -> DocumentBuilderFactory.newDefaultInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(reply.body())))
                .isInstanceOf(SAXParseException.class);
    }

    @Test
    void goesOnBehindACommonPrefixInVersion1() {
        fill("a/1", "a/2", "b");

        Wire.Reply first = new Wire(fake).get("/bucket?delimiter=%2F&max-keys=1");
        Wire.Reply second = new Wire(fake).get("/bucket?delimiter=%2F&marker=a%2F&max-keys=1");

        assertThat(first.element("NextMarker")).isEqualTo("a/");
        assertThat(all("Key", second)).containsExactly("b");
    }

    @Test
    void listsVersionsAndMarkers() {
        fill("a");
        Wire wire = new Wire(fake);
        wire.put("/bucket?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
        wire.put("/bucket/a", "2");
        fake.delete("bucket", "a");

        Wire.Reply reply = wire.get("/bucket?max-keys=2&versions");
        Wire.Reply next = wire.get("/bucket?key-marker=" + reply.element("NextKeyMarker") + "&version-id-marker="
                + reply.element("NextVersionIdMarker") + "&versions");

        assertThat(reply.text()).contains("<DeleteMarker><Key>a</Key>").contains("<IsTruncated>true</IsTruncated>");
        assertThat(all("VersionId", next)).containsExactly("null");
        assertThat(keys("")).isEmpty();
    }

    @Test
    void canBeAsWeakAsOtherServers() {
        restart(Weakness.UTF16_ORDER, Weakness.START_AFTER_IGNORED, Weakness.WHOLE_SECOND_TIMES);
        fill(REPLACEMENT, EMOJI);
        assertThat(keys("&start-after=" + URLEncoder.encode(EMOJI, StandardCharsets.UTF_8)))
                .containsExactly(EMOJI, REPLACEMENT);
        assertThat(new Wire(fake).get("/bucket?list-type=2").element("LastModified"))
                .endsWith(".000Z");

        restart(Weakness.UNORDERED_LISTING);
        fake.createBucket("bucket");
        fake.populate("bucket", 2000, i -> String.format("k%04d", i), 0);
        Wire.Reply page = new Wire(fake).get("/bucket?list-type=2");
        assertThat(all("Key", page))
                .hasSize(1000)
                .isNotEqualTo(all("Key", page).stream().sorted().toList());
    }

    private void restart(Weakness... weaknesses) {
        fake.close();
        fake = FakeS3.start(FakeS3Options.strict().with(weaknesses));
    }

    private void fill(String... keys) {
        fake.createBucket("bucket");
        for (String key : keys) {
            fake.put("bucket", key, new byte[0]);
        }
    }

    private List<String> keys(String query) {
        Wire.Reply reply = new Wire(fake).get("/bucket?encoding-type=url&list-type=2" + query);
        return all("Key", reply).stream()
                .map(key -> URLDecoder.decode(key, StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> all(String element, Wire.Reply reply) {
        return Pattern.compile("<" + element + ">([^<]*)<")
                .matcher(reply.text())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
