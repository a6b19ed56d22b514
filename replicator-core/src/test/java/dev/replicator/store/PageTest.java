package dev.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456789Z");

    @Property
    void giveBackWhatWasPutIn(@ForAll @From("entries") List<ObjectMeta> entries, @ForAll @IntRange(max = 50) int room) {
        Page page = page(entries, new Page.Builder(room));

        assertThat(page.count()).isEqualTo(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            ObjectMeta entry = entries.get(i);
            assertThat(page.meta(i)).isEqualTo(entry);
            assertThat(page.key(i)).isEqualTo(entry.key());
            assertThat(page.size(i)).isEqualTo(entry.size());
            assertThat(Instant.ofEpochSecond(page.modifiedSecond(i), page.modifiedNano(i)))
                    .isEqualTo(entry.modified());
            assertThat(page.version(i)).isEqualTo(entry.version());
            assertThat(page.note(i)).isEqualTo(entry.note());
            assertThat(ObjectKey.ofBytes(page.keys(), page.keyStart(i), page.keyEnd(i)))
                    .isEqualTo(entry.key());
        }
    }

    @Property
    void keysCompareAsTheyDoOutside(
            @ForAll @From("entries") List<ObjectMeta> ours, @ForAll @From("entries") List<ObjectMeta> theirs) {
        Page one = page(ours, new Page.Builder(1));
        Page other = page(theirs, new Page.Builder(1));

        for (int i = 0; i < ours.size(); i++) {
            for (int j = 0; j < theirs.size(); j++) {
                assertThat(Integer.signum(one.compareKeys(i, other, j)))
                        .isEqualTo(KeyArbitraries.naiveOrder(
                                ours.get(i).key().text(), theirs.get(j).key().text()));
            }
        }
    }

    @Property
    void cuttingAPrefixOffLeavesTheRest(@ForAll @From("entries") List<ObjectMeta> entries) {
        KeyPrefix outer = KeyPrefix.of("é/");
        KeyPrefix inner = KeyPrefix.of("in/");
        List<ObjectMeta> full = entries.stream()
                .map(entry -> entry.withKey(entry.key().prependedBy(inner).prependedBy(outer)))
                .toList();
        Page page = page(full, new Page.Builder(10));

        Page once = page.withoutPrefix(outer.length());
        Page twice = once.withoutPrefix(inner.length());

        for (int i = 0; i < entries.size(); i++) {
            assertThat(page.meta(i)).isEqualTo(full.get(i));
            assertThat(once.key(i)).isEqualTo(entries.get(i).key().prependedBy(inner));
            assertThat(twice.meta(i)).isEqualTo(entries.get(i));
            assertThat(twice.compareKeys(i, page(entries, new Page.Builder(1)), i))
                    .isZero();
        }
        assertThat(page.withoutPrefix(0)).isSameAs(page);
    }

    @Test
    void rangesOfBytesAreCopied() {
        byte[] key = "xxkeyxx".getBytes(StandardCharsets.UTF_8);
        byte[] version = "\"etag\"".getBytes(StandardCharsets.UTF_8);
        Page.Builder builder = new Page.Builder(1);

        builder.add(key, 2, 5, 7, 3, 4, version, 1, 5, EntryNote.ARCHIVED);
        key[2] = 'X';
        version[1] = 'X';

        assertThat(builder.count()).isEqualTo(1);
        assertThat(builder.build().meta(0))
                .isEqualTo(new ObjectMeta(
                        ObjectKey.of("key"),
                        7,
                        Instant.ofEpochSecond(3, 4),
                        new Version("etag"),
                        List.of(),
                        EntryNote.ARCHIVED,
                        java.util.Optional.empty()));
    }

    @Test
    void versionsThatAreDigestsOfOneKindShowEqualContent() {
        Page md5 = digests(Fingerprint.Algorithm.MD5, "aa", "bb");
        Page sameMd5 = digests(Fingerprint.Algorithm.MD5, "bb", "aa");
        Page etags = digests(Fingerprint.Algorithm.ETAG, "aa", "bb");
        Page opaque = page(List.of(meta("k0", "aa"), meta("k1", "bb")), new Page.Builder(2));

        assertThat(md5.compareDigests(0, sameMd5, 1)).isEqualTo(Fingerprint.Verdict.EQUAL);
        assertThat(md5.compareDigests(1, sameMd5, 0)).isEqualTo(Fingerprint.Verdict.EQUAL);
        assertThat(md5.compareDigests(0, sameMd5, 0)).isEqualTo(Fingerprint.Verdict.DIFFERENT);
        assertThat(etags.compareDigests(0, etags, 1)).isEqualTo(Fingerprint.Verdict.UNKNOWN);
        assertThat(etags.compareDigests(1, etags, 1)).isEqualTo(Fingerprint.Verdict.EQUAL);
        assertThat(md5.compareDigests(0, etags, 0)).isEqualTo(Fingerprint.Verdict.UNKNOWN);
        assertThat(md5.compareDigests(0, opaque, 0)).isEqualTo(Fingerprint.Verdict.UNKNOWN);
        assertThat(opaque.compareDigests(0, opaque, 0)).isEqualTo(Fingerprint.Verdict.UNKNOWN);
        assertThat(md5.meta(1).fingerprints()).containsExactly(new Fingerprint(Fingerprint.Algorithm.MD5, "bb"));
        assertThat(opaque.meta(1).fingerprints()).isEmpty();
    }

    @Test
    void digestsBesideVersionsDecideWhereBothEntriesHaveThem() {
        Page one = withCrc32c(1, 2, 3);
        Page other = withCrc32c(1, 9, -1);

        assertThat(one.compareDigests(0, other, 0)).isEqualTo(Fingerprint.Verdict.EQUAL);
        assertThat(one.compareDigests(1, other, 1)).isEqualTo(Fingerprint.Verdict.DIFFERENT);
        assertThat(one.compareDigests(2, other, 2)).isEqualTo(Fingerprint.Verdict.UNKNOWN);
        assertThat(other.compareDigests(2, one, 2)).isEqualTo(Fingerprint.Verdict.UNKNOWN);
        assertThat(one.withoutPrefix(1).compareDigests(0, other, 0)).isEqualTo(Fingerprint.Verdict.EQUAL);
        assertThat(one.meta(1).fingerprints())
                .containsExactly(new Fingerprint(Fingerprint.Algorithm.CRC32C, "00000002"));
        assertThat(other.meta(2).fingerprints()).isEmpty();
        assertThat(one.hasDigests()).isTrue();
    }

    @Test
    void anETagThatIsAnMd5OfTheOtherSideProvesEqualityAndAnotherProvesNothing() {
        String md5 = "0cc175b9c0f1b6a831c399e269772661";
        Page etags = digests(Fingerprint.Algorithm.ETAG, md5, "900150983cd24fb0d6963f7d28e17f72");
        Page.Builder builder = new Page.Builder(2);
        for (String key : List.of("k0", "k1")) {
            builder.add(ObjectKey.of(key), 1, NOON, new Version("7"), EntryNote.NONE);
            builder.digest(Fingerprint.Algorithm.MD5, HexFormat.of().parseHex(md5));
        }
        Page md5s = builder.build();

        assertThat(etags.compareDigests(0, md5s, 0)).isEqualTo(Fingerprint.Verdict.EQUAL);
        assertThat(md5s.compareDigests(0, etags, 0)).isEqualTo(Fingerprint.Verdict.EQUAL);
        assertThat(etags.compareDigests(1, md5s, 1)).isEqualTo(Fingerprint.Verdict.UNKNOWN);
        assertThat(Fingerprint.compare(
                        etags.meta(0).fingerprints(), md5s.meta(0).fingerprints()))
                .isEqualTo(Fingerprint.Verdict.EQUAL);
        assertThat(Fingerprint.compare(
                        etags.meta(1).fingerprints(), md5s.meta(1).fingerprints()))
                .isEqualTo(Fingerprint.Verdict.UNKNOWN);
    }

    @Test
    void theStateOfMetadataIsToldWhereTheStoreHasIt() {
        Page.Builder builder = new Page.Builder(1);
        for (int i = 0; i < 5; i++) {
            builder.add(ObjectKey.of("k" + i), 1, NOON, new Version("7"), EntryNote.NONE);
            if (i == 3) {
                builder.metageneration(12);
            }
        }
        Page page = builder.build();

        assertThat(page.metageneration(3)).isEqualTo(12);
        assertThat(page.meta(3).metageneration()).isEqualTo(12);
        assertThat(page.metageneration(4)).isZero();
        assertThat(page(List.of(meta("k", "v")), new Page.Builder(1)).metageneration(0))
                .isZero();
    }

    @Test
    void metadataAreMadeOnlyOfEntriesThatAreAskedFor() {
        List<Integer> made = new ArrayList<>();
        Page.Builder builder = new Page.Builder(1).metadata(entry -> {
            made.add(entry);
            return entry == 1 ? Optional.empty() : Optional.of(ObjectMetadata.ofContentType("text/" + entry));
        });
        for (int i = 0; i < 3; i++) {
            builder.add(ObjectKey.of("k" + i), 1, NOON, new Version("7"), EntryNote.NONE);
        }
        Page page = builder.build();
        Page relative = page.withoutPrefix(1);

        assertThat(page.compareKeys(0, relative, 1)).isNotZero();
        assertThat(page.version(2)).isEqualTo(new Version("7"));
        assertThat(made).isEmpty();
        assertThat(relative.meta(2).metadata()).contains(ObjectMetadata.ofContentType("text/2"));
        assertThat(page.meta(1).metadata()).isEmpty();
        assertThat(made).containsExactly(2, 1);
        assertThat(page(List.of(meta("k", "v")), new Page.Builder(1)).meta(0).metadata())
                .isEmpty();
    }

    /** A negative number stands for none. */
    private static Page withCrc32c(int... digests) {
        Page.Builder builder = new Page.Builder(1);
        for (int i = 0; i < digests.length; i++) {
            builder.add(ObjectKey.of("k" + i), 1, NOON, new Version("v" + i), EntryNote.NONE);
            if (digests[i] >= 0) {
                builder.digest(Fingerprint.Algorithm.CRC32C, new byte[] {0, 0, 0, (byte) digests[i]});
            }
        }
        return builder.build();
    }

    @Test
    void anEmptyPageHasNoEntries() {
        assertThat(new Page.Builder(0).build().count()).isZero();
    }

    private static Page digests(Fingerprint.Algorithm algorithm, String... versions) {
        Page.Builder builder = new Page.Builder(1).versionsAre(algorithm);
        for (int i = 0; i < versions.length; i++) {
            builder.add(ObjectKey.of("k" + i), 1, NOON, new Version(versions[i]), EntryNote.NONE);
        }
        return builder.build();
    }

    private static ObjectMeta meta(String key, String version) {
        return new ObjectMeta(ObjectKey.of(key), 1, NOON, new Version(version));
    }

    private static Page page(List<ObjectMeta> entries, Page.Builder builder) {
        entries.forEach(
                entry -> builder.add(entry.key(), entry.size(), entry.modified(), entry.version(), entry.note()));
        return builder.build();
    }

    @Provide
    Arbitrary<List<ObjectMeta>> entries() {
        Arbitrary<ObjectMeta> entry = Combinators.combine(
                        new KeyArbitraries().keys(),
                        Arbitraries.longs().greaterOrEqual(0),
                        Arbitraries.longs().between(-62_135_596_800L, 253_402_300_799L),
                        Arbitraries.integers().between(0, 999_999_999),
                        Arbitraries.strings().ofMinLength(1).ofMaxLength(80).alpha(),
                        Arbitraries.of(EntryNote.class))
                .as((key, size, second, nano, version, note) -> new ObjectMeta(
                        key,
                        size,
                        Instant.ofEpochSecond(second, nano),
                        new Version(version),
                        List.of(),
                        note,
                        java.util.Optional.empty()));
        return entry.list().ofMaxSize(40).map(PageTest::sorted);
    }

    private static List<ObjectMeta> sorted(List<ObjectMeta> entries) {
        TreeSet<ObjectMeta> sorted = new TreeSet<>((one, other) -> one.key().compareTo(other.key()));
        sorted.addAll(entries);
        return new ArrayList<>(sorted);
    }
}
