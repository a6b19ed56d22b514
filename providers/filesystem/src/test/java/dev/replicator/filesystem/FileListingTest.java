package dev.replicator.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.EntryNote;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.KeyRange;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.Page;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings.Links;
import dev.replicator.store.TransientStoreException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileListingTest {
    @TempDir
    Path root;

    private Bucket bucket;

    @BeforeEach
    void open() {
        bucket = Bucket.at(root);
    }

    @Test
    void ordersKeysByTheirBytesNotByDirectories() {
        List<String> keys = List.of(
                "Z", "a!", "a-b/c", "a.", "a.txt", "a/", "a/b", "a/b!", "a/c/d", "a0", "aa", "é", "日本", "\uFFFD", "😀");
        keys.stream().filter(key -> !key.equals("a/")).forEach(key -> bucket.file(key, key));
        bucket.write("a/", "");

        assertThat(bucket.keys()).containsExactlyElementsOf(keys);
    }

    @Test
    void keepsAnAstralNameBehindTheReplacementCharacter() {
        bucket.file("p/\uFFFD", "");
        bucket.file("p/😀", "");

        assertThat(bucket.keys()).containsExactly("p/\uFFFD", "p/😀");
    }

    @Test
    void delivesSizeTimeToTheNanosecondAndVersion() throws IOException {
        Path file = bucket.file("a/b", "12345");
        Instant time = Instant.parse("2023-04-05T06:07:08.123456789Z");
        Files.setLastModifiedTime(file, FileTime.from(time));

        ObjectMeta listed = bucket.list(ListRequest.everything()).get(0);

        assertThat(listed.size()).isEqualTo(5);
        assertThat(listed.modified()).isEqualTo(time);
        assertThat(listed.version()).isEqualTo(bucket.head("a/b").orElseThrow().version());
        assertThat(listed.version().token()).startsWith("5-1680674828.123456789-");
    }

    @Test
    void endsWithTheLastFullPageAndCountsEachPageAsARequest() {
        StoreContext context = StoreContext.system();
        Bucket counted = Bucket.at(root, Links.SKIP, context);
        for (int i = 0; i < 5; i++) {
            bucket.file("d" + i % 2 + "/f" + i, "");
        }

        List<Integer> sizes = new ArrayList<>();
        try (Listing listing = counted.store().list(ListRequest.everything().paged(2))) {
            for (Optional<Page> page = listing.next(); page.isPresent(); page = listing.next()) {
                sizes.add(page.get().count());
            }
            assertThat(listing.complete()).isTrue();
        }

        assertThat(sizes.stream().filter(size -> size > 0)).containsExactly(2, 2, 1);
        assertThat(context.meter().sent(RequestKind.LIST)).isEqualTo(sizes.size());
    }

    @Test
    void isNotCompleteBeforeItsEnd() {
        bucket.file("a", "");
        bucket.file("b", "");

        try (Listing listing = bucket.store().list(ListRequest.everything().paged(1))) {
            Optional<Page> first = listing.next();

            assertThat(first.orElseThrow().count()).isEqualTo(1);
            assertThat(listing.complete()).isFalse();
        }
    }

    @Test
    void takesAPrefixAsBytesNotAsADirectory() {
        List.of("log", "logs/1", "logs2/a", "logs2/b", "other").forEach(key -> bucket.file(key, ""));

        assertThat(bucket.keys(ListRequest.of(KeyPrefix.of("logs")))).containsExactly("logs/1", "logs2/a", "logs2/b");
        assertThat(bucket.keys(ListRequest.of(KeyPrefix.of("logs/")))).containsExactly("logs/1");
        assertThat(bucket.keys(ListRequest.of(KeyPrefix.of("logs2/b")))).containsExactly("logs2/b");
        assertThat(bucket.keys(ListRequest.of(KeyPrefix.of("none/at/all")))).isEmpty();
        assertThat(bucket.keys(ListRequest.of(KeyPrefix.of("log/x")))).isEmpty();
        assertThat(bucket.keys(ListRequest.of(KeyPrefix.of("logs2//")))).isEmpty();
        assertThat(bucket.keys(ListRequest.of(KeyPrefix.of("../")))).isEmpty();
    }

    @Test
    void excludesTheLowerBoundAndIncludesTheUpper() {
        List.of("a", "b/1", "b/2", "b/3", "c").forEach(key -> bucket.file(key, ""));

        assertThat(bucket.keys(within("b/1", "b/3"))).containsExactly("b/2", "b/3");
        assertThat(bucket.keys(within("a", "b/2"))).containsExactly("b/1", "b/2");
        assertThat(bucket.keys(within("b/3", "b/3"))).isEmpty();
        assertThat(bucket.keys(within("b/2zzz", "zzz"))).containsExactly("b/3", "c");
    }

    @Test
    void doesNotEnterSubTreesOutsideTheRange() throws IOException {
        bucket.file("a/x", "");
        bucket.file("b/x", "");
        bucket.file("c/x", "");
        Files.createSymbolicLink(root.resolve("a/loop"), Path.of("."));

        try (Listing listing = bucket.store().list(within("b/", "b/z"))) {
            assertThat(Bucket.drain(listing))
                    .extracting(meta -> meta.key().text())
                    .containsExactly("b/x");
            assertThat(listing.complete()).isTrue();
        }
    }

    @Test
    void failsWhenTheRootIsMissingRatherThanShowNothing() {
        Bucket missing = Bucket.at(root.resolve("nowhere"));

        assertThatThrownBy(missing::keys)
                .isInstanceOf(BucketNotFoundException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> missing.keys(ListRequest.of(KeyPrefix.of("x/y"))))
                .isInstanceOf(BucketNotFoundException.class);
    }

    @Test
    void failsWhenTheRootIsAFile() {
        bucket.file("plain", "");

        assertThatThrownBy(() -> Bucket.at(root.resolve("plain")).keys())
                .isInstanceOf(BucketNotFoundException.class)
                .hasMessageContaining("not a directory");
    }

    @Test
    void notesSymbolicLinksAndDoesNotFollowThem() throws IOException {
        bucket.file("real/x", "x");
        Files.createSymbolicLink(root.resolve("to-dir"), Path.of("real"));
        Files.createSymbolicLink(root.resolve("to-file"), Path.of("real/x"));
        Files.createSymbolicLink(root.resolve("broken"), Path.of("nowhere"));

        assertThat(bucket.notes())
                .containsEntry("real/x", EntryNote.NONE)
                .containsEntry("to-dir", EntryNote.SYMLINK)
                .containsEntry("to-file", EntryNote.SYMLINK)
                .containsEntry("broken", EntryNote.SYMLINK)
                .hasSize(4);
        assertThat(bucket.head("to-dir/x")).isEmpty();
        assertThat(bucket.head("to-file").orElseThrow().note()).isEqualTo(EntryNote.SYMLINK);
    }

    @Test
    void followsLinksInsideTheRootOnlyAndOutOfLoops(@TempDir Path outside) throws IOException {
        Bucket following = Bucket.at(root, Links.FOLLOW, StoreContext.system());
        bucket.file("real/x", "x");
        bucket.write(".replicator/job/marker.json", "{}");
        Files.writeString(outside.resolve("secret"), "s");
        Files.createSymbolicLink(root.resolve("to-dir"), Path.of("real"));
        Files.createSymbolicLink(root.resolve("to-file"), Path.of("real/x"));
        Files.createSymbolicLink(root.resolve("real/up"), Path.of(".."));
        Files.createSymbolicLink(root.resolve("out"), outside);
        Files.createSymbolicLink(root.resolve("out-file"), outside.resolve("secret"));
        Files.createSymbolicLink(root.resolve("ours"), Path.of(".replicator"));

        assertThat(following.notes())
                .containsEntry("real/x", EntryNote.NONE)
                .containsEntry("to-dir/x", EntryNote.NONE)
                .containsEntry("to-file", EntryNote.NONE)
                .containsEntry("real/up", EntryNote.SYMLINK)
                .containsEntry("out", EntryNote.SYMLINK)
                .containsEntry("out-file", EntryNote.SYMLINK)
                .containsEntry("ours", EntryNote.SYMLINK);
        assertThat(following.content("to-dir/x")).isEqualTo("x");
        assertThat(following.content("to-file")).isEqualTo("x");
        assertThat(following.head("out/secret")).isEmpty();
        assertThat(following.head("ours/job/marker.json")).isEmpty();
    }

    @Test
    void endsInAMazeOfLinks() throws IOException {
        for (int i = 0; i < 4; i++) {
            bucket.file("d" + i + "/f", "");
            for (int j = 0; j < 4; j++) {
                Files.createSymbolicLink(root.resolve("d" + i + "/to" + j), Path.of("../d" + j));
            }
        }

        List<String> keys = Bucket.at(root, Links.FOLLOW, StoreContext.system()).keys();

        assertThat(keys)
                .contains("d0/f", "d0/to1/f", "d0/to1/to2/to3/f", "d0/to0")
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void notesSpecialFiles() throws Exception {
        bucket.file("plain", "");
        Process mkfifo = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
        assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();

        assertThat(bucket.notes()).containsEntry("pipe", EntryNote.SPECIAL_FILE).containsEntry("plain", EntryNote.NONE);
    }

    @Test
    void namesWhatIsNotUtf8AndKeepsItApartFromNeighbours() throws IOException {
        Files.writeString(raw("caf%E9.txt"), "");
        bucket.file("caf\\xE9.txt", "");
        Files.createDirectory(raw("dir%FF"));
        bucket.file("café.txt", "");

        assertThat(bucket.notes())
                .containsEntry("caf\\xE9.txt", EntryNote.NONE)
                .containsEntry("\\caf\\xE9.txt", EntryNote.UNSAFE_KEY)
                .containsEntry("dir\\xFF/", EntryNote.UNSAFE_KEY)
                .containsEntry("café.txt", EntryNote.NONE)
                .hasSize(4);
        assertThat(bucket.keys()).isSorted();
    }

    private Path raw(String percentEncoded) {
        return Path.of(URI.create("file://" + root.toUri().getRawPath() + percentEncoded));
    }

    @Test
    void showsTheControlAreaButNotItsTemporaryFiles() {
        bucket.write(".replicator/job/lease/1/owner", "me");
        bucket.file(".replicator/tmp/t-abc-1", "half");
        bucket.file("sub/.replicator/tmp/x", "somebody's");

        assertThat(bucket.keys()).containsExactly(".replicator/job/lease/1/owner", "sub/.replicator/tmp/x");
        assertThat(bucket.keys(ListRequest.of(KeyPrefix.of(".replicator/job/"))))
                .containsExactly(".replicator/job/lease/1/owner");
        assertThat(bucket.head(".replicator/tmp/t-abc-1")).isEmpty();
    }

    @Test
    void listsNothingOfEmptyDirectories() throws IOException {
        Files.createDirectories(root.resolve("a/b/c"));

        try (Listing listing = bucket.store().list(ListRequest.everything())) {
            assertThat(Bucket.drain(listing)).isEmpty();
            assertThat(listing.complete()).isTrue();
        }
    }

    @Test
    void isIncompleteWhenADirectoryVanishesUnderIt() throws IOException {
        bucket.file("a", "");
        bucket.file("b/x", "");

        try (Listing listing = bucket.store().list(ListRequest.everything().paged(1))) {
            assertThat(listing.next().orElseThrow().key(0)).isEqualTo(ObjectKey.of("a"));
            Files.delete(root.resolve("b/x"));
            Files.delete(root.resolve("b"));

            assertThat(Bucket.drain(listing)).isEmpty();
            assertThat(listing.complete()).isFalse();
        }
    }

    @Test
    void doesNotEnterADirectoryThatWasSwappedForALink(@TempDir Path outside) throws IOException {
        bucket.file("a", "");
        bucket.file("b/x", "");
        Files.writeString(outside.resolve("secret"), "");

        try (Listing listing = bucket.store().list(ListRequest.everything().paged(1))) {
            assertThat(listing.next().orElseThrow().key(0)).isEqualTo(ObjectKey.of("a"));
            Files.move(root.resolve("b"), root.resolve("moved"));
            Files.createSymbolicLink(root.resolve("b"), outside);

            assertThat(Bucket.drain(listing)).isEmpty();
            assertThat(listing.complete()).isFalse();
        }
    }

    @Test
    void goesOnWhereAnInterruptStoppedIt() {
        List.of("a/1", "a/2", "b/1", "c").forEach(key -> bucket.file(key, ""));

        try (Listing listing = bucket.store().list(ListRequest.everything().paged(1))) {
            assertThat(listing.next().orElseThrow().key(0)).isEqualTo(ObjectKey.of("a/1"));
            assertThat(listing.next().orElseThrow().key(0)).isEqualTo(ObjectKey.of("a/2"));
            Thread.currentThread().interrupt();
            assertThatThrownBy(listing::next).isInstanceOf(TransientStoreException.class);
            assertThat(Thread.interrupted()).isTrue();

            assertThat(Bucket.drain(listing))
                    .extracting(meta -> meta.key().text())
                    .containsExactly("b/1", "c");
            assertThat(listing.complete()).isTrue();
        }
    }

    private static ListRequest within(String lo, String hi) {
        return ListRequest.everything().within(KeyRange.of(ObjectKey.of(lo), ObjectKey.of(hi)));
    }
}
