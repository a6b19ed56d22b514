package dev.replicator.s3.list;

import static dev.replicator.s3.list.Answers.entry;
import static dev.replicator.s3.list.Answers.page;
import static dev.replicator.s3.list.Answers.truncated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.s3.list.Answers.Reader;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.KeyRange;
import dev.replicator.store.ListRequest;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.Page;
import dev.replicator.store.remote.NotProven;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PageReadingTest {
    @Test
    void readsWhatAnEntrySays() throws NotProven {
        Page page = Answers.proven(page(entry(
                "a%2Fb",
                "2024-02-29T23:59:59.123Z", "&quot;9b2cf535f27731c974343645a3985328&quot;", "5368709120", "STANDARD")));

        assertThat(page.key(0)).isEqualTo(ObjectKey.of("a/b"));
        assertThat(page.size(0)).isEqualTo(5_368_709_120L);
        assertThat(Instant.ofEpochSecond(page.modifiedSecond(0), page.modifiedNano(0)))
                .isEqualTo(Instant.parse("2024-02-29T23:59:59.123Z"));
        assertThat(page.version(0).token()).isEqualTo("9b2cf535f27731c974343645a3985328");
        assertThat(page.meta(0).fingerprints())
                .containsExactly(new Fingerprint(Fingerprint.Algorithm.ETAG, "9b2cf535f27731c974343645a3985328"));
        assertThat(page.note(0)).isEqualTo(EntryNote.NONE);
    }

    /** start-after is exclusive, so the lower bound itself never comes; keys behind it may come on any page. */
    @Test
    void startsBehindTheLowerBoundThoughTheFirstPageIsEmpty() throws NotProven {
        ListRequest request = ListRequest.everything().within(KeyRange.after(ObjectKey.of("m")));
        Answers.Reader reader = new Answers.Reader(request);

        assertThat(reader.read(Answers.truncated("t1")).count()).isZero();
        assertThat(Answers.keys(reader.read(page(
                        entry("m0", "2009-10-12T17:50:30Z", "\"e\"", "0", "STANDARD"),
                        entry("n", "2009-10-12T17:50:30Z", "\"e\"", "0", "STANDARD")))))
                .containsExactly("m0", "n");
        assertThat(reader.isDone()).isTrue();
    }

    @Test
    void readsTimesOfEveryGranularity() throws NotProven {
        for (String time : new String[] {
            "1970-01-01T00:00:00Z",
            "1969-12-31T23:59:59.999Z",
            "2000-02-29T00:00:00.1Z",
            "2038-01-19T03:14:08.123456Z",
            "9999-12-31T23:59:59.123456789Z",
            "0001-01-01T00:00:00.000Z"
        }) {
            Page page = Answers.proven(page(entry("a", time, "\"e\"", "0", "STANDARD")));
            assertThat(page.meta(0).modified()).isEqualTo(Instant.parse(time));
        }
    }

    @Test
    void readsEtagsInEveryDress() throws NotProven {
        for (String etag : new String[] {"&quot;e-2&quot;", "\"e-2\"", "e-2", "W/\"e-2\"", "&#34;e-2&#x22;"}) {
            Page page = Answers.proven(page(entry("a", "2009-10-12T17:50:30Z", etag, "0", "STANDARD")));
            assertThat(page.version(0).token()).as(etag).isEqualTo("e-2");
        }
    }

    @Test
    void notesWhatIsArchivedAndNotRestored() throws NotProven {
        String restored = entry("d", "2009-10-12T17:50:30Z", "\"e\"", "0", "GLACIER")
                .replace(
                        "</Contents>",
                        "<RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress><RestoreExpiryDate>2030-01-01T00:00:00Z"
                                + "</RestoreExpiryDate></RestoreStatus></Contents>");
        String restoring = entry("e", "2009-10-12T17:50:30Z", "\"e\"", "0", "GLACIER")
                .replace(
                        "</Contents>",
                        "<RestoreStatus><IsRestoreInProgress>true</IsRestoreInProgress></RestoreStatus></Contents>");
        Page page = Answers.proven(page(
                entry("a", "2009-10-12T17:50:30Z", "\"e\"", "0", "GLACIER"),
                entry("b", "2009-10-12T17:50:30Z", "\"e\"", "0", "DEEP_ARCHIVE"),
                entry("c", "2009-10-12T17:50:30Z", "\"e\"", "0", "GLACIER_IR"),
                restored,
                restoring));

        assertThat(new EntryNote[] {page.note(0), page.note(1), page.note(2), page.note(3), page.note(4)})
                .containsExactly(
                        EntryNote.ARCHIVED, EntryNote.ARCHIVED, EntryNote.NONE, EntryNote.NONE, EntryNote.ARCHIVED);
    }

    @Test
    void takesElementsInAnyOrderAndSkipsUnknownOnes() throws NotProven {
        String body = "\uFEFF<?xml version='1.0'?><!-- a gateway's --><s3:ListBucketResult xmlns:s3='http://s3'>\n"
                + "  <s3:Contents>\n <s3:Size>7</s3:Size><x><y a=\">\"/><Key>no</Key></x><s3:ETag>e</s3:ETag>"
                + "<s3:LastModified>2009-10-12T17:50:30Z</s3:LastModified><s3:Key>a%20b</s3:Key></s3:Contents>\n"
                + "  <s3:CommonPrefixes><s3:Prefix>zzz/</s3:Prefix></s3:CommonPrefixes><s3:Delimiter/>"
                + "<s3:IsTruncated>false</s3:IsTruncated ><s3:Prefix/><s3:Name>photos</s3:Name>"
                + "<s3:EncodingType>url</s3:EncodingType>\n</s3:ListBucketResult>\n";

        assertThat(Answers.keys(Answers.proven(body))).containsExactly("a b");
    }

    @Test
    void takesKeysRawWhereTheServerDoesNotSayThatItEncodes() throws NotProven {
        String body = page(entry("a%20b+c"), entry("d&amp;e&lt;&#x1;&#10;é😀"))
                .replace("<EncodingType>url</EncodingType>", "");

        assertThat(Answers.keys(Answers.proven(body))).containsExactly("a%20b+c", "d&e<\u0001\né😀");
    }

    @Test
    void readsAPlusAsASpaceAsS3WritesIt() throws NotProven {
        assertThat(Answers.keys(Answers.proven(page(entry("a+b"), entry("c%2Bd")))))
                .containsExactly("a b", "c+d");
    }

    @Test
    void readsAPlusAsItselfWhereThePageWritesSpacesInPercent() throws NotProven {
        assertThat(Answers.keys(Answers.proven(page(entry("a%20b"), entry("c+d")))))
                .containsExactly("a b", "c+d");
    }

    @Test
    void keepsBytesThatAreNotUtf8AndNotesTheKeyAsUnsafe() throws NotProven {
        Page page = Answers.proven(page(entry("a%FF%FEb"), entry("c%C3%A9")));

        assertThat(page.key(0)).isEqualTo(ObjectKey.ofBytes(new byte[] {'a', (byte) 0xFF, (byte) 0xFE, 'b'}));
        assertThat(page.note(0)).isEqualTo(EntryNote.UNSAFE_KEY);
        assertThat(page.note(1)).isEqualTo(EntryNote.NONE);
    }

    @Test
    void cutsAtTheEndOfTheRangeAndStopsThere() throws NotProven {
        Reader reader = new Reader(ListRequest.everything().within(KeyRange.upTo(ObjectKey.of("b"))));

        assertThat(Answers.keys(reader.read(truncated("t", entry("a"), entry("b"), entry("c")))))
                .containsExactly("a", "b");
        assertThat(reader.isDone()).isTrue();
    }

    @Test
    void stopsWhereAPageEndsWithTheRange() throws NotProven {
        Reader reader = new Reader(ListRequest.everything().within(KeyRange.upTo(ObjectKey.of("b"))));
        reader.read(truncated("t", entry("a"), entry("b")));

        assertThat(reader.isDone()).isTrue();
    }

    @Test
    void startsBehindABoundThatCannotBeSent() throws NotProven {
        byte[] bound = {'a', (byte) 0xF0, (byte) 0x9F};
        ListRequest request = ListRequest.everything().within(KeyRange.after(ObjectKey.ofBytes(bound)));
        Page page = Answers.proven(request, page(entry("aa"), entry("a%F0%9F"), entry("a%F0%9F%98%80")));

        assertThat(StartAfter.atMost(bound)).isEqualTo(new byte[] {'a'});
        assertThat(page.count()).isEqualTo(1);
        assertThat(page.key(0).text()).isEqualTo("a😀");
    }

    @Test
    void startsBehindABoundLongerThanAnyKey() {
        byte[] bound = new byte[2_000];
        Arrays.fill(bound, (byte) 'k');

        assertThat(StartAfter.atMost(bound)).hasSize(1_024);
    }

    @Test
    void acceptsAnEmptyBucketThatIsProven() throws NotProven {
        assertThat(Answers.proven(page()).count()).isZero();
        assertThat(Answers.proven(
                                ListRequest.of(KeyPrefix.of("a b+c/")),
                                page().replace("<Prefix></Prefix>", "<Prefix>a+b%2Bc/</Prefix>"))
                        .count())
                .isZero();
    }

    @Test
    void readsAPageOfAThousandKeys() throws NotProven {
        String[] entries = new String[1_000];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = entry(String.format("key-%06d", i));
        }

        assertThat(Answers.proven(page(entries)).key(999).text()).isEqualTo("key-000999");
    }
}
