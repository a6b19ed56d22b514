package dev.replicator.testkit.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.model.GcsOperation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listings of objects. */
class FakeGcsListingTest {
    private static final String LIST = "/storage/v1/b/bk1/o?";

    private final FakeGcs fake = FakeGcs.start();
    private final GcsWire wire = new GcsWire(fake);

    @BeforeEach
    void bucket() {
        fake.createBucket("bk1");
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private void put(String... names) {
        for (String name : names) {
            fake.put("bk1", name, new byte[] {1});
        }
    }

    @Test
    void listsInTheOrderOfUtf8BytesWhereUtf16HasAnother() {
        String highUnit = "\ufffd";
        String supplementary = "\ud83d\ude00";
        put(supplementary, highUnit, "a", "B", "\u00e4", "a/b", "a-b");

        assertThat(wire.get(LIST).names()).containsExactly("B", "a", "a-b", "a/b", "\u00e4", highUnit, supplementary);
    }

    @Test
    void saysNothingOfItemsWhereThereAreNone() {
        assertThat(wire.get(LIST).fields()).containsExactly("kind");
        GcsWire.Reply missing = wire.get("/storage/v1/b/missing/o");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.reason()).isEqualTo("notFound");
    }

    @Test
    void startsAtTheOffsetAndEndsBeforeTheEnd() {
        put("a", "b", "c", "d", "p/1", "p/2", "p/3");

        assertThat(wire.get(LIST + "startOffset=b&endOffset=d").names()).containsExactly("b", "c");
        assertThat(wire.get(LIST + "startOffset=bb").names()).containsExactly("c", "d", "p/1", "p/2", "p/3");
        assertThat(wire.get(LIST + "prefix=p/&startOffset=p/2").names()).containsExactly("p/2", "p/3");
        assertThat(wire.get(LIST + "prefix=p/&startOffset=a&endOffset=p/2").names())
                .containsExactly("p/1");
        assertThat(wire.get(LIST + "prefix=p/&startOffset=q").names()).isEmpty();
    }

    @Test
    void walksPagesByTokensToTheEnd() {
        List<String> names =
                IntStream.range(0, 25).mapToObj(i -> String.format("k/%02d", i)).toList();
        put(names.toArray(String[]::new));
        put("z");

        List<String> walked = new ArrayList<>();
        int pages = 0;
        String token = "";
        do {
            GcsWire.Reply page = wire.get(LIST + "prefix=k/&startOffset=k/03&maxResults=5&pageToken=" + encoded(token));
            walked.addAll(page.names());
            token = page.field("nextPageToken");
            pages++;
        } while (!token.isEmpty());

        assertThat(walked).isEqualTo(names.subList(3, 25));
        assertThat(pages).isEqualTo(5);
    }

    @Test
    void servesNoMoreThanAThousandEntriesAPage() {
        fake.populate("bk1", 1_001, i -> String.format("%05d", i), 1);

        GcsWire.Reply page = wire.get(LIST + "maxResults=5000");

        assertThat(page.names()).hasSize(1_000);
        assertThat(page.field("nextPageToken")).isNotEmpty();
    }

    @Test
    void takesNoTokenThatItDidNotMakeForTheseQuestions() {
        put("a/1", "a/2", "b/1");
        String token = encoded(wire.get(LIST + "prefix=a/&maxResults=1").field("nextPageToken"));
        fake.createBucket("bk2");

        assertThat(wire.get(LIST + "prefix=a/&pageToken=" + token).names()).containsExactly("a/2");
        for (String other : List.of(
                LIST + "prefix=b/&pageToken=" + token,
                LIST + "prefix=a/&delimiter=/&pageToken=" + token,
                "/storage/v1/b/bk2/o?prefix=a/&pageToken=" + token,
                LIST + "prefix=a/&pageToken=abc",
                LIST + "prefix=a/&pageToken=%25%25")) {
            assertThat(wire.get(other).status()).as(other).isEqualTo(400);
        }
    }

    @Test
    void rollsUpAtTheDelimiterAndCountsWhatItRolledUp() {
        put("a", "d/", "d/1", "d/2", "d/e/1", "z");

        GcsWire.Reply all = wire.get(LIST + "delimiter=/");
        assertThat(all.names()).containsExactly("a", "z");
        assertThat(texts(all.json().path("prefixes"))).containsExactly("d/");
        GcsWire.Reply trailing = wire.get(LIST + "delimiter=/&includeTrailingDelimiter=true");
        assertThat(trailing.names()).containsExactly("a", "d/", "z");
        assertThat(texts(trailing.json().path("prefixes"))).containsExactly("d/");
        GcsWire.Reply below = wire.get(LIST + "delimiter=/&prefix=d/");
        assertThat(below.names()).containsExactly("d/", "d/1", "d/2");
        assertThat(texts(below.json().path("prefixes"))).containsExactly("d/e/");
        GcsWire.Reply second = wire.get(LIST + "delimiter=/&maxResults=2");
        assertThat(second.names()).containsExactly("a");
        assertThat(texts(second.json().path("prefixes"))).containsExactly("d/");
        GcsWire.Reply third =
                wire.get(LIST + "delimiter=/&maxResults=2&pageToken=" + encoded(second.field("nextPageToken")));
        assertThat(third.names()).containsExactly("z");
        assertThat(third.fields()).doesNotContain("prefixes", "nextPageToken");
    }

    @Test
    void answersOnlyTheFieldsAskedFor() {
        put("a", "b");

        JsonNode page = wire.get(LIST + "maxResults=1&fields=items(name,size),nextPageToken")
                .json();
        assertThat(page.properties()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder("items", "nextPageToken");
        assertThat(page.path("items").path(0).properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("name", "size");
        assertThat(wire.get(LIST + "maxResults=1&fields=items/name").text())
                .isEqualTo("{\"items\":[{\"name\":\"a\"}]}");
        assertThat(wire.get(LIST + "fields=*").names()).containsExactly("a", "b");
        assertThat(wire.get("/storage/v1/b/bk1/o/a?fields=name,crc32c").fields())
                .containsExactlyInAnyOrder("name", "crc32c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"items(nmae)", "items(name", "items(name))", "objects", "items(name,)", ",", "items/name/x("})
    void refusesAFieldsMaskThatIsNone(String mask) {
        GcsWire.Reply reply = wire.get(LIST + "fields=" + encoded(mask));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.reason()).isEqualTo("invalidParameter");
    }

    @ParameterizedTest
    @CsvSource({"maxResults=x", "maxResults=-1", "matchGlob=**", "softDeleted=true"})
    void refusesWhatItCannotRead(String query) {
        assertThat(wire.get(LIST + query).status()).isEqualTo(400);
    }

    @Test
    void mayAnswerShortAndEmptyPagesThatLeadOn() {
        put("a", "b", "c");
        fake.faults().on(GcsOperation.LIST).nth(1).inject(new GcsFault.ShortPage(0));
        fake.faults().on(GcsOperation.LIST).nth(1).inject(new GcsFault.ShortPage(1));

        GcsWire.Reply first = wire.get(LIST + "startOffset=b");
        GcsWire.Reply second = wire.get(LIST + "startOffset=b&pageToken=" + encoded(first.field("nextPageToken")));
        GcsWire.Reply third = wire.get(LIST + "startOffset=b&pageToken=" + encoded(second.field("nextPageToken")));

        assertThat(first.names()).isEmpty();
        assertThat(second.names()).containsExactly("b");
        assertThat(third.names()).containsExactly("c");
        assertThat(third.fields()).doesNotContain("nextPageToken");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
