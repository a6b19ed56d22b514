package dev.replicator.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.BucketCreation;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.NoSpaceException;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreException;
import dev.replicator.store.StoreSettings.Links;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.Version;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.wrap.Retries;
import dev.replicator.store.wrap.RetryBudget;
import dev.replicator.store.wrap.RetryingObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWriterTest {
    @TempDir
    Path root;

    private Bucket bucket;

    @BeforeEach
    void open() {
        bucket = Bucket.at(root);
    }

    /** A body that announces one size and sends what the stream has. */
    private record Body(long size, Supplier<InputStream> stream) implements ObjectBody {
        @Override
        public ObjectMetadata metadata() {
            return ObjectMetadata.NONE;
        }

        @Override
        public InputStream open() {
            return stream.get();
        }

        @Override
        public InputStream open(long offset, long length) {
            throw new UnsupportedOperationException("ranges");
        }
    }

    private static InputStream bytes(int count) {
        return new ByteArrayInputStream(new byte[count]);
    }

    @Test
    void answersWithWhatAHeadAndAListingThenShow() {
        ObjectMeta written = bucket.write("a/b/c.txt", "hello");

        ObjectMeta head = bucket.head("a/b/c.txt").orElseThrow();
        assertThat(head.version()).isEqualTo(written.version());
        assertThat(head.modified()).isEqualTo(written.modified());
        assertThat(bucket.list(dev.replicator.store.ListRequest.everything()))
                .extracting(ObjectMeta::version)
                .containsExactly(written.version());
        assertThat(bucket.content("a/b/c.txt")).isEqualTo("hello");
        assertThat(bucket.files()).containsExactly("a/b/c.txt");
    }

    @Test
    void givesTheFileTheSourcesTimeToTheNanosecond() {
        Instant time = Instant.parse("1999-12-31T23:59:59.987654321Z");

        ObjectMeta written = bucket.write("a", "x", Bucket.ifAbsent().withModified(time));

        assertThat(written.modified()).isEqualTo(time);
        assertThat(bucket.head("a").orElseThrow().modified()).isEqualTo(time);
    }

    @Test
    void makesTheRootAndEverythingAboveItOnTheFirstWrite() {
        Bucket fresh = Bucket.at(root.resolve("not/yet/there"));

        fresh.write("a", "x");

        assertThat(fresh.keys()).containsExactly("a");
    }

    @Test
    void makesTheBucketByItsRole() {
        Bucket fresh = Bucket.at(root.resolve("not/yet/there"));
        assertThatThrownBy(() -> fresh.head("a")).isInstanceOf(BucketNotFoundException.class);

        fresh.store().role(BucketCreation.class).orElseThrow().create();
        fresh.store().role(BucketCreation.class).orElseThrow().create();

        assertThat(fresh.head("a")).isEmpty();
    }

    @Test
    void doesNotMakeABucketWhereAFileIs() {
        bucket.file("plain", "");
        Bucket onFile = Bucket.at(root.resolve("plain"));

        assertThatThrownBy(() ->
                        onFile.store().role(BucketCreation.class).orElseThrow().create())
                .isInstanceOf(BucketNotFoundException.class);
        assertThatThrownBy(() -> onFile.write("a", "x")).isInstanceOf(BucketNotFoundException.class);
    }

    @Test
    void refusesToOverwriteWhatShouldBeAbsent() {
        bucket.write("a", "first");

        assertThatThrownBy(() -> bucket.write("a", "second", Bucket.ifAbsent()))
                .isInstanceOf(StaleObjectException.class);
        assertThat(bucket.content("a")).isEqualTo("first");
    }

    @Test
    void overwritesOnlyTheVersionThatWasSeen() {
        Version seen = bucket.write("a", "first").version();
        bucket.write("a", "edited by hand");
        WriteOptions unchanged = WriteOptions.of(Precondition.unchanged(seen));

        assertThatThrownBy(() -> bucket.write("a", "second", unchanged)).isInstanceOf(StaleObjectException.class);
        assertThatThrownBy(() -> bucket.write("gone", "second", unchanged)).isInstanceOf(StaleObjectException.class);
        assertThat(bucket.content("a")).isEqualTo("edited by hand");

        Version current = bucket.head("a").orElseThrow().version();
        bucket.write("a", "second", WriteOptions.of(Precondition.unchanged(current)));
        assertThat(bucket.content("a")).isEqualTo("second");
    }

    @Test
    void seesAFileThatWasReplacedByOneOfEqualSizeAndTime() {
        Instant time = Instant.parse("2020-01-01T00:00:00Z");
        Version first = bucket.write("a", "one", Bucket.unconditionally().withModified(time))
                .version();

        Version second = bucket.write("a", "two", Bucket.unconditionally().withModified(time))
                .version();

        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void leavesNoTraceOfABodyThatEndsEarly() {
        bucket.write("b", "old");

        assertThatThrownBy(() -> write("a", new Body(10, () -> bytes(9)))).isInstanceOf(CorruptObjectException.class);
        assertThatThrownBy(() -> write("b", new Body(10, () -> bytes(0)))).isInstanceOf(CorruptObjectException.class);

        assertThat(bucket.files()).containsExactly("b");
        assertThat(bucket.content("b")).isEqualTo("old");
    }

    @Test
    void leavesNoTraceOfABodyThatRunsOver() {
        assertThatThrownBy(() -> write("a", new Body(10, () -> bytes(11)))).isInstanceOf(CorruptObjectException.class);
        assertThatThrownBy(() -> write("a", new Body(0, () -> bytes(1)))).isInstanceOf(CorruptObjectException.class);
        assertThatThrownBy(() -> write("a", new Body(200_000, () -> bytes(5_000_000))))
                .isInstanceOf(CorruptObjectException.class);

        assertThat(bucket.files()).isEmpty();
    }

    @Test
    void leavesNoTraceOfABodyThatBreaksMidway() {
        InputStream broken = new InputStream() {
            private int left = 5;

            @Override
            public int read() throws IOException {
                if (left-- == 0) {
                    throw new IOException("connection reset");
                }
                return 'x';
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                target[offset] = (byte) read();
                return 1;
            }
        };

        assertThatThrownBy(() -> write("d/e/a", new Body(10, () -> broken)))
                .isInstanceOf(TransientStoreException.class)
                .hasMessageContaining("connection reset");

        assertThat(bucket.files()).isEmpty();
    }

    @Test
    void passesOnWhatTheBodyThrows() {
        StoreException stale = new StaleObjectException("source moved on");

        assertThatThrownBy(() -> write("a", new Body(10, () -> {
                    throw stale;
                })))
                .isSameAs(stale);
        assertThat(bucket.files()).isEmpty();
    }

    @Test
    void letsTheBodySaveItselfAndCountsWhatItSaved() {
        write("whole", new Saving(file -> Files.write(file, new byte[10])));

        assertThatThrownBy(() -> write("short", new Saving(file -> Files.write(file, new byte[9]))))
                .isInstanceOf(CorruptObjectException.class);
        assertThat(bucket.files()).containsExactly("whole");
    }

    /** Ten bytes that save themselves as told. */
    private record Saving(Save save) implements ObjectBody {
        interface Save {
            void to(Path file) throws IOException;
        }

        @Override
        public long size() {
            return 10;
        }

        @Override
        public ObjectMetadata metadata() {
            return ObjectMetadata.NONE;
        }

        @Override
        public InputStream open() {
            throw new UnsupportedOperationException("streams");
        }

        @Override
        public InputStream open(long offset, long length) {
            throw new UnsupportedOperationException("ranges");
        }

        @Override
        public boolean saveTo(Path file) {
            try {
                save.to(file);
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void aDiskThatIsFullWhenABodySavesItselfIsThisDisk() {
        ObjectStore retrying = new RetryingObjectStore(
                bucket.store(), new Retries("disk", RetrySettings.DEFAULT, RetryBudget.ofRun(), System::nanoTime));
        ObjectBody body = new Saving(file -> {
            throw new IOException("No space left on device");
        });

        assertThatThrownBy(() -> retrying.write(ObjectKey.of("a"), body, WriteOptions.of(Precondition.none())))
                .isInstanceOf(NoSpaceException.class)
                .hasMessage("write a in file://" + root + ": No space left on device");
        assertThat(bucket.files()).isEmpty();
    }

    @Test
    void stopsWhenInterruptedAndLeavesNoTrace() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> bucket.write("a", "x")).isInstanceOf(TransientStoreException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(bucket.keys()).isEmpty();
    }

    @Test
    void refusesAKeyBelowAFileAndAKeyThatIsADirectory() {
        bucket.write("a", "x");
        bucket.write("d/e", "x");

        assertThatThrownBy(() -> bucket.write("a/b", "y"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'a' is not a directory");
        assertThatThrownBy(() -> bucket.write("d", "y", Bucket.ifAbsent()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("a directory is in its place");
        assertThat(bucket.keys()).containsExactly("a", "d/e");
    }

    @Test
    void neverWritesThroughALink(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("victim"), "safe");
        Files.createSymbolicLink(root.resolve("out"), outside);
        Files.createSymbolicLink(root.resolve("victim"), outside.resolve("victim"));
        bucket.file("in/x", "safe");
        Files.createSymbolicLink(root.resolve("alias"), Path.of("in"));
        Bucket following = Bucket.at(root, Links.FOLLOW, StoreContext.system());

        for (Bucket each : new Bucket[] {bucket, following}) {
            assertThatThrownBy(() -> each.write("out/new", "evil")).isInstanceOf(InvalidRequestException.class);
            assertThatThrownBy(() -> each.write("out/victim", "evil")).isInstanceOf(InvalidRequestException.class);
            assertThatThrownBy(() -> each.write("victim", "evil")).isInstanceOf(InvalidRequestException.class);
            assertThatThrownBy(() -> each.write("out/deep/er/", "")).isInstanceOf(InvalidRequestException.class);
        }
        assertThatThrownBy(() -> bucket.write("alias/x", "evil")).isInstanceOf(InvalidRequestException.class);
        following.write("alias/y", "through a link inside");

        try (Stream<Path> files = Files.list(outside)) {
            assertThat(files).containsExactly(outside.resolve("victim"));
        }
        assertThat(outside.resolve("victim")).hasContent("safe");
        assertThat(root.resolve("in/y")).hasContent("through a link inside");
        assertThat(root.resolve("in/x")).hasContent("safe");
    }

    @Test
    void refusesAControlAreaThatIsALink(@TempDir Path outside) throws IOException {
        Files.createSymbolicLink(root.resolve(".replicator"), outside);

        assertThatThrownBy(() -> bucket.write("a", "x"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("is not a directory");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void refusesToReplaceASpecialFile() throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
        assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> bucket.write("pipe", "x"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("a special file is in its place");
        assertThatThrownBy(() -> bucket.store().delete(ObjectKey.of("pipe"), Precondition.none()))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void sweepsWhatDeadRunsLeftADayAgoAndNothingElse() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Bucket dead = Bucket.at(root, Links.SKIP, at(start));
        dead.write("a", "x");
        String old = "t-" + Long.toString(start.toEpochMilli(), Character.MAX_RADIX) + "-1";
        String young = "t-" + Long.toString(start.plus(Duration.ofHours(2)).toEpochMilli(), Character.MAX_RADIX) + "-1";
        bucket.file(".replicator/tmp/" + old, "half");
        bucket.file(".replicator/tmp/" + young, "half");
        bucket.file(".replicator/tmp/t-!-1", "strange");

        Bucket.at(root, Links.SKIP, at(start.plus(Duration.ofHours(25)))).write("b", "x");

        assertThat(bucket.files()).containsExactly(".replicator/tmp/t-!-1", ".replicator/tmp/" + young, "a", "b");
    }

    private static StoreContext at(Instant time) {
        StoreContext system = StoreContext.system();
        return new StoreContext(
                system.meter(), Clock.fixed(time, ZoneOffset.UTC), system.environment(), system.retry());
    }

    @Test
    void deletesAndTakesAlongTheDirectoriesThatThisEmptied() throws IOException {
        bucket.write("a/b/c", "x");
        bucket.write("a/d", "x");
        Files.createDirectories(root.resolve("keep/empty"));

        bucket.store().delete(ObjectKey.of("a/b/c"), Precondition.none());
        assertThat(root.resolve("a/b")).doesNotExist();
        assertThat(root.resolve("a")).exists();

        bucket.store().delete(ObjectKey.of("a/d"), Precondition.none());
        assertThat(root.resolve("a")).doesNotExist();
        assertThat(root.resolve("keep/empty")).exists();
        assertThat(root).exists();
    }

    @Test
    void deletesOnlyTheVersionThatWasSeen() {
        Version seen = bucket.write("a", "first").version();
        bucket.write("a", "second");

        assertThatThrownBy(() -> bucket.store().delete(ObjectKey.of("a"), Precondition.unchanged(seen)))
                .isInstanceOf(StaleObjectException.class);
        assertThatThrownBy(() -> bucket.store().delete(ObjectKey.of("none"), Precondition.unchanged(seen)))
                .isInstanceOf(StaleObjectException.class);
        bucket.store().delete(ObjectKey.of("none"), Precondition.none());
        bucket.store().delete(ObjectKey.of("../a"), Precondition.none());

        assertThat(bucket.content("a")).isEqualTo("second");
    }

    @Test
    void neverDeletesALinkOrThroughOne(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("victim"), "safe");
        Files.createSymbolicLink(root.resolve("out"), outside);

        bucket.store().delete(ObjectKey.of("out/victim"), Precondition.none());
        assertThatThrownBy(() -> bucket.store().delete(ObjectKey.of("out"), Precondition.none()))
                .isInstanceOf(InvalidRequestException.class);

        assertThat(outside.resolve("victim")).exists();
        assertThat(root.resolve("out")).isSymbolicLink();
    }

    private ObjectMeta write(String key, ObjectBody body) {
        return bucket.store().write(ObjectKey.of(key), body, Bucket.unconditionally());
    }

    @Test
    void copiesBytesTimeAndMetadataOfExactlyTheVersionSeen(@TempDir Path sourceRoot) {
        Bucket source = Bucket.at(sourceRoot);
        ObjectMetadata metadata = ObjectMetadata.ofContentType("x/y")
                .withUser("a", "b")
                .withUser(ObjectMetadata.SOURCE_VERSION, "elsewhere's");
        ObjectMeta seen = source.write("x/y.txt", "hello", Bucket.ifAbsent().withMetadata(metadata));
        WriteOptions options = Bucket.ifAbsent().withModified(seen.modified());

        bucket.store().copyFrom(source.store().bucket(), seen, ObjectKey.of("z.txt"), options);

        ObjectMeta copied = bucket.head("z.txt").orElseThrow();
        assertThat(copied.modified()).isEqualTo(seen.modified());
        assertThat(copied.metadata())
                .contains(ObjectMetadata.ofContentType("x/y").withUser("a", "b"));
        assertThat(bucket.content("z.txt")).isEqualTo("hello");
        source.write("x/y.txt", "other");
        assertThatThrownBy(() -> bucket.store()
                        .copyFrom(source.store().bucket(), seen, ObjectKey.of("w.txt"), Bucket.ifAbsent()))
                .isInstanceOf(StaleObjectException.class);
        assertThat(bucket.files()).containsExactly("z.txt");
    }

    @Test
    void copiesAnEmptyAndALargeFile(@TempDir Path sourceRoot) {
        Bucket source = Bucket.at(sourceRoot);
        String large = "0123456789".repeat(300_000);
        ObjectMeta empty = source.write("empty", "");
        ObjectMeta big = source.write("big", large);

        bucket.store().copyFrom(source.store().bucket(), empty, empty.key(), Bucket.ifAbsent());
        bucket.store().copyFrom(source.store().bucket(), big, big.key(), Bucket.ifAbsent());

        assertThat(bucket.content("empty")).isEmpty();
        assertThat(bucket.content("big").getBytes(StandardCharsets.UTF_8)).hasSize(3_000_000);
        assertThat(bucket.content("big")).isEqualTo(large);
    }

    @Test
    void makesADirectoryOfAFolderMarkerAndFindsItUnchangedAgain() {
        Instant time = Instant.parse("2020-01-01T00:00:00Z");
        ObjectMeta written = bucket.write("photos/2024/", "", Bucket.ifAbsent().withModified(time));
        bucket.write("photos/2024/a.jpg", "x");

        ObjectMeta listed =
                bucket.list(dev.replicator.store.ListRequest.everything()).get(0);
        assertThat(listed.key().text()).isEqualTo("photos/2024/");
        assertThat(listed.version()).isEqualTo(written.version());
        assertThat(listed.modified()).isEqualTo(time);
        assertThat(listed.size()).isZero();
        assertThat(bucket.head("photos/2024/").orElseThrow().version()).isEqualTo(written.version());
        assertThat(bucket.head("photos/")).isEmpty();
        assertThat(bucket.content("photos/2024/")).isEmpty();
        assertThatThrownBy(() -> bucket.write("photos/2024/", "", Bucket.ifAbsent()))
                .isInstanceOf(StaleObjectException.class);
    }

    @Test
    void keepsAMarkedDirectoryWhenItsLastFileGoesAndDropsItWithItsMarker() {
        Version marker = bucket.write("photos/", "").version();
        bucket.write("photos/a/b", "x");

        bucket.store().delete(ObjectKey.of("photos/a/b"), Precondition.none());
        assertThat(bucket.keys()).containsExactly("photos/");

        assertThatThrownBy(() ->
                        bucket.store().delete(ObjectKey.of("photos/"), Precondition.unchanged(new Version("other"))))
                .isInstanceOf(StaleObjectException.class);
        bucket.store().delete(ObjectKey.of("photos/"), Precondition.unchanged(marker));
        assertThat(bucket.keys()).isEmpty();
        assertThat(root.resolve("photos")).doesNotExist();
    }

    @Test
    void refusesAFolderMarkerWithBytes() {
        assertThatThrownBy(() -> bucket.write("photos/", "bytes"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("5 bytes");
        assertThat(bucket.head("photos/")).isEqualTo(Optional.empty());
        assertThat(root.resolve("photos")).doesNotExist();
    }
}
