package dev.replicator.s3.list;

import static dev.replicator.s3.list.Answers.HEAD;
import static dev.replicator.s3.list.Answers.TAIL;
import static dev.replicator.s3.list.Answers.entry;
import static dev.replicator.s3.list.Answers.page;
import static dev.replicator.s3.list.Answers.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.s3.list.Answers.Reader;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.KeyRange;
import dev.replicator.store.ListRequest;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.remote.NotProven;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that a client must not take for a listing; each differs from an acceptable one by its lie alone. */
class LyingAnswersTest {

    static Stream<Arguments> lies() {
        String good = page(entry("a"), entry("b"));
        return Stream.of(
                Arguments.of("an empty body", "", "empty"),
                Arguments.of("white space", "  \n ", "not XML"),
                Arguments.of("JSON", "{\"Contents\":[]}", "not XML"),
                Arguments.of("a login page", "<!DOCTYPE html><html><body>Sign in</body></html>", "document type"),
                Arguments.of("XHTML", "<html><body><p>Sign in</p></body></html>", "root element is html"),
                Arguments.of("another root", good.replace("ListBucketResult", "ListVersionsResult"), "root element is"),
                Arguments.of("a bare root", "<ListBucketResult/>", "no Name"),
                Arguments.of("an empty root", HEAD + TAIL, "no Name"),
                Arguments.of("another bucket", good.replace("photos", "videos"), "another bucket, videos"),
                Arguments.of("no bucket", good.replace("<Name>photos</Name>", ""), "no Name"),
                Arguments.of(
                        "another prefix", good.replace("<Prefix></Prefix>", "<Prefix>x/</Prefix>"), "another prefix"),
                Arguments.of("no IsTruncated", good.replace("<IsTruncated>false</IsTruncated>", ""), "no IsTruncated"),
                Arguments.of("an odd IsTruncated", good.replace(">false<", ">no<"), "malformed IsTruncated"),
                Arguments.of("an empty IsTruncated", good.replace(">false<", "><"), "malformed IsTruncated"),
                Arguments.of("truncated without token", good.replace(">false<", ">true<"), "names none"),
                Arguments.of("truncated with an empty token", truncated("", entry("a"), entry("b")), "names none"),
                Arguments.of(
                        "last with token",
                        truncated("t", entry("a")).replace("<IsTruncated>true", "<IsTruncated>false"),
                        "last page and names a next"),
                Arguments.of(
                        "more keys claimed", good.replace("<KeyCount>2", "<KeyCount>5"), "claims 5 keys and shows 2"),
                Arguments.of(
                        "fewer keys claimed", good.replace("<KeyCount>2", "<KeyCount>1"), "claims 1 keys and shows 2"),
                Arguments.of("an odd KeyCount", good.replace("<KeyCount>2", "<KeyCount>two"), "malformed KeyCount"),
                Arguments.of("keys out of order", page(entry("b"), entry("a")), "do not ascend"),
                Arguments.of("a key twice", page(entry("a"), entry("a")), "comes twice"),
                Arguments.of("order of UTF-16", page(entry("%F0%9F%98%80"), entry("%EF%BF%BD")), "do not ascend"),
                Arguments.of("an empty key", page(entry("")), "empty key"),
                Arguments.of("no key", page("<Contents><Size>1</Size></Contents>"), "without Key"),
                Arguments.of("two keys in one", good.replace("<Key>a</Key>", "<Key>a</Key><Key>b</Key>"), "twice"),
                Arguments.of("a negative size", good.replaceFirst("434234", "-1"), "malformed Size"),
                Arguments.of("a huge size", good.replaceFirst("434234", "9999999999999999999"), "malformed Size"),
                Arguments.of("an empty size", good.replaceFirst("434234", ""), "malformed Size"),
                Arguments.of("no size", good.replaceFirst("<Size>434234</Size>", ""), "without Size"),
                Arguments.of(
                        "no time", good.replaceFirst("<LastModified>[^<]*</LastModified>", ""), "without LastModified"),
                Arguments.of("an odd time", good.replaceFirst("2009-10-12T", "2009-13-12T"), "malformed LastModified"),
                Arguments.of(
                        "a time of day", good.replaceFirst("2009-10-12T17:50:30.000Z", "yesterday"), "malformed Last"),
                Arguments.of("a local time", good.replaceFirst("30.000Z", "30.000+02:00"), "malformed LastModified"),
                Arguments.of("no ETag", good.replaceFirst("<ETag>[^<]*</ETag>", ""), "without ETag"),
                Arguments.of(
                        "an empty ETag", good.replaceFirst("<ETag>[^<]*</ETag>", "<ETag>\"\"</ETag>"), "without ETag"),
                Arguments.of("an unknown encoding", good.replace(">url<", ">base64<"), "unknown EncodingType"),
                Arguments.of("a torn escape", page(entry("a%2")), "percent-encoding"),
                Arguments.of("an odd escape", page(entry("a%zz")), "percent-encoding"),
                Arguments.of("a bare ampersand", page(entry("a&b")), "XML reference"),
                Arguments.of("an unknown entity", page(entry("a&nbsp;b")), "unknown XML entity"),
                Arguments.of("a surrogate", page(entry("a&#xD83D;b")), "no character"),
                Arguments.of("a number beyond Unicode", page(entry("a&#x110000;b")), "no character"),
                Arguments.of("an entity bomb", "<!DOCTYPE l [<!ENTITY a \"b\">]>" + good, "document type"),
                Arguments.of("CDATA", page(entry("<![CDATA[a]]>")), "end tag"),
                Arguments.of(
                        "crossed tags",
                        good.replace("</Key><LastModified>", "</LastModified><LastModified>"),
                        "end tag"),
                Arguments.of("stray text", good.replaceFirst("<Contents>", "oops<Contents>"), "text where an element"),
                Arguments.of("something behind", good + "<more/>", "follows the root"),
                Arguments.of("a second document", good + good, "follows the root"),
                Arguments.of(
                        "two IsTruncated",
                        good.replace("<KeyCount>", "<IsTruncated>false</IsTruncated><KeyCount>"),
                        "two IsTrunc"),
                Arguments.of("deep nesting", page("<x>".repeat(40) + "</x>".repeat(40)), "nested deeper"),
                Arguments.of("both kinds of spaces", page(entry("a%20b"), entry("c%2Bd"), entry("e+f")), "bare '+'"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void provesNothing(String lie, String body, String reason) throws NotProven {
        assertThat(Answers.keys(Answers.proven(page(entry("a"), entry("b"))))).containsExactly("a", "b");

        assertThatThrownBy(() -> Answers.proven(body))
                .isInstanceOf(NotProven.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aBodyCutAtAnyByteProvesNothing() throws NotProven {
        byte[] whole = truncated("dG9rZW4=", entry("a%20b"), entry("b&amp;c"), entry("%F0%9F%98%80"))
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Answers.proven(ListRequest.everything(), whole).count()).isEqualTo(3);

        for (int cut = 0; cut < whole.length; cut++) {
            byte[] torn = Arrays.copyOf(whole, cut);
            assertThatThrownBy(() -> Answers.proven(ListRequest.everything(), torn))
                    .as("cut after %d bytes", cut)
                    .isInstanceOf(NotProven.class);
        }
    }

    @Test
    void refusesMoreKeysThanWereAskedFor() {
        ListRequest request = ListRequest.everything().paged(1);

        assertThatThrownBy(() -> Answers.proven(request, page(entry("a"), entry("b"))))
                .isInstanceOf(NotProven.class)
                .hasMessageContaining("shows 2 keys where 1 were asked for");
    }

    @Test
    void refusesMoreKeysThanThereIsRoomFor() {
        String[] entries = new String[2_500];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = entry(String.format("key-%06d", i));
        }

        assertThatThrownBy(() -> Answers.proven(page(entries))).isInstanceOf(NotProven.class);
    }

    @Test
    void refusesAPageThatBeginsBeforeTheRange() {
        ListRequest request = ListRequest.everything().within(KeyRange.after(ObjectKey.of("m")));

        assertThatThrownBy(() -> Answers.proven(request, page(entry("a"), entry("z"))))
                .isInstanceOf(NotProven.class)
                .hasMessageContaining("behind what the page starts after");
        assertThatThrownBy(() -> Answers.proven(request, page(entry("m"), entry("z"))))
                .isInstanceOf(NotProven.class);
    }

    @Test
    void refusesKeysOutsideThePrefix() {
        ListRequest request = ListRequest.of(KeyPrefix.of("logs/"));
        String body = page(entry("logs/1"), entry("logs2/1")).replace("<Prefix></Prefix>", "<Prefix>logs%2F</Prefix>");

        assertThatThrownBy(() -> Answers.proven(request, body))
                .isInstanceOf(NotProven.class)
                .hasMessageContaining("outside the prefix");
        assertThatThrownBy(() -> Answers.proven(request, page().replace("<Prefix></Prefix>", "")))
                .hasMessageContaining("no Prefix");
    }

    @Test
    void refusesAPageThatGoesBackBehindTheLast() throws NotProven {
        Reader reader = new Reader(ListRequest.everything());
        reader.read(truncated("1", entry("m")));

        assertThatThrownBy(() -> reader.read(page(entry("b")))).isInstanceOf(NotProven.class);
        assertThatThrownBy(() -> reader.read(page(entry("m")))).isInstanceOf(NotProven.class);
        assertThat(Answers.keys(reader.read(page(entry("n"))))).containsExactly("n");
    }

    @Test
    void refusesATokenThatRepeats() throws NotProven {
        Reader reader = new Reader(ListRequest.everything());
        reader.read(truncated("1", entry("a")));

        assertThatThrownBy(() -> reader.read(truncated("1", entry("b")))).hasMessageContaining("token repeats");
    }

    @Test
    void refusesTokensThatGoRoundInPagesWithoutKeys() throws NotProven {
        Reader reader = new Reader(ListRequest.everything());
        reader.read(truncated("1"));
        reader.read(truncated("2"));

        assertThatThrownBy(() -> reader.read(truncated("1"))).hasMessageContaining("token repeats");
    }

    @Test
    void refusesAnEndlessRowOfPagesWithoutKeys() throws NotProven {
        Reader reader = new Reader(ListRequest.everything());
        for (int i = 0; i < Position.MAX_EMPTY_PAGES; i++) {
            reader.read(truncated("token" + i));
        }

        assertThatThrownBy(() -> reader.read(truncated("one more"))).hasMessageContaining("without a key");
    }
}
