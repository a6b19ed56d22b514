package dev.replicator.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestKind;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.StoreClock;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import dev.replicator.store.Stores;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.WriteOptions;
import dev.replicator.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the memory store promises beyond the provider contract. */
class MemoryStoreTest {
    private static final ObjectKey KEY = ObjectKey.of("a");
    private static final Instant THEN = Instant.parse("2026-05-01T12:00:00.123456789Z");

    private final MemoryBuckets buckets = new MemoryBuckets();
    private final MemoryBucket bucket = buckets.create("b");
    private final RequestMeter meter = new RequestMeter();
    private final SettableClock clock = new SettableClock(THEN);

    @Test
    void isFoundByItsSchemeAndSeesTheSharedBuckets() {
        MemoryBuckets.shared().create("found").put("k", "text", THEN);
        StoreSettings settings = StoreSettings.of(StoreUri.parse("memory://found", Path.of("/")));

        try (ObjectStore store = Stores.onClassPath().open(settings, StoreContext.system())) {
            assertThat(store.head(ObjectKey.of("k")).orElseThrow().size()).isEqualTo(4);
        } finally {
            MemoryBuckets.shared().remove("found");
        }
    }

    @Test
    void stampsWritesWithTheInjectedClock() {
        assertThat(write(store(MemoryOptions.S3_LIKE), "x").modified()).isEqualTo(THEN);
    }

    @Test
    void skewsAndCutsTimesAsAskedFor() {
        MemoryOptions coarse =
                MemoryOptions.S3_LIKE.withSkew(Duration.ofSeconds(90)).withGranularity(Duration.ofSeconds(1));
        MemoryStore store = store(coarse);

        assertThat(write(store, "x").modified()).isEqualTo(Instant.parse("2026-05-01T12:01:30Z"));
        assertThat(store.role(StoreClock.class).orElseThrow().offset()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void givesEqualBytesEqualVersionsAsS3Does() {
        MemoryStore store = store(MemoryOptions.S3_LIKE);

        assertThat(write(store, "x").version()).isEqualTo(write(store, "x").version());
        assertThat(write(store, "hello").version().token()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    }

    @Test
    void givesEveryWriteAnOpaqueVersionOfItsOwn() {
        MemoryStore store = store(MemoryOptions.S3_LIKE.withVersions(MemoryOptions.Versions.OPAQUE));

        assertThat(write(store, "x").version()).isNotEqualTo(write(store, "x").version());
    }

    @Test
    void marksTheEtagOfAMultipartUploadAndCountsItsRequests() {
        MemoryStore store = store(MemoryOptions.S3_LIKE.withSizes(new TransferSizes(1 << 20, 1 << 20, 1 << 20)));

        ObjectMeta written =
                store.write(KEY, ByteArrayBody.of(new byte[(2 << 20) + 1]), WriteOptions.of(Precondition.none()));

        assertThat(written.version().token()).endsWith("-3");
        assertThat(meter.sent(RequestKind.PUT)).isEqualTo(3);
        assertThat(meter.sent(RequestKind.MULTIPART)).isEqualTo(2);
    }

    @Test
    void sendsOneRequestPerPageAndNoneForTheEnd() {
        for (int i = 0; i < 4; i++) {
            bucket.put("k" + i, "", THEN);
        }

        try (Listing listing =
                store(MemoryOptions.S3_LIKE).list(ListRequest.everything().paged(2))) {
            while (listing.next().isPresent()) {
                // Only the requests count.
            }
        }

        assertThat(meter.sent(RequestKind.LIST)).isEqualTo(2);
    }

    @Test
    void deliversOneEmptyPageOfAnEmptyBucket() {
        try (Listing listing = store(MemoryOptions.S3_LIKE).list(ListRequest.everything())) {
            assertThat(listing.next().map(Page::count)).contains(0);
            assertThat(listing.next()).isEmpty();
        }
    }

    @Test
    void sendsOneGetForMetadataAndBytesTogether() throws Exception {
        bucket.put(KEY, "abc".getBytes(StandardCharsets.UTF_8), ObjectMetadata.ofContentType("text/x"), THEN);
        MemoryStore store = store(MemoryOptions.S3_LIKE);
        var body = store.read(store.head(KEY).orElseThrow());

        assertThat(body.metadata().contentType()).contains("text/x");
        assertThat(body.open().readAllBytes()).hasSize(3);

        assertThat(meter.sent(RequestKind.GET)).isEqualTo(1);
    }

    @Test
    void dropsMetadataAndIgnoresPreconditionsThatItDoesNotDeclare() {
        MemoryStore bare = store(MemoryOptions.BARE);
        write(bare, "old");

        bare.write(
                KEY,
                ByteArrayBody.of(new byte[1]),
                WriteOptions.of(Precondition.absent()).withMetadata(ObjectMetadata.ofContentType("text/x")));

        assertThat(bucket.get(KEY).orElseThrow().bytes()).hasSize(1);
        assertThat(bucket.get(KEY).orElseThrow().metadata()).isEqualTo(ObjectMetadata.NONE);
    }

    @Test
    void remembersTheOperationThatWrote() {
        MemoryStore store = store(MemoryOptions.S3_LIKE);

        store.write(
                KEY,
                ByteArrayBody.of(new byte[1]),
                WriteOptions.of(Precondition.none()).withOperation("op-1"));

        assertThat(store.head(KEY).flatMap(ObjectMeta::metadata).orElseThrow().user())
                .containsEntry(ObjectMetadata.OPERATION, "op-1");
    }

    @Test
    void twoServicesAreStrangers() {
        MemoryStore here = store(MemoryOptions.S3_LIKE);
        MemoryStore there = new MemoryStore(new MemoryBuckets(), "b");

        assertThat(here.copiesFrom(there.bucket())).isFalse();
        assertThat(here.bucket().sameBucketAs(there.bucket())).isFalse();
        assertThat(here.copiesFrom(new MemoryStore(buckets, "c").bucket())).isTrue();
    }

    @Test
    void retouchingKeepsTheVersion() {
        MemoryStore store = store(MemoryOptions.S3_LIKE);
        ObjectMeta written = write(store, "x");

        bucket.retouch(KEY, metadata -> metadata.withUser("color", "red"));

        ObjectMeta seen = store.head(KEY).orElseThrow();
        assertThat(seen.version()).isEqualTo(written.version());
        assertThat(seen.metadata().map(ObjectMetadata::user).orElseThrow()).containsEntry("color", "red");
    }

    private MemoryStore store(MemoryOptions options) {
        return new MemoryStore(buckets, "b", options, meter, clock);
    }

    private static ObjectMeta write(ObjectStore store, String text) {
        return store.write(
                KEY,
                new ByteArrayBody(text.getBytes(StandardCharsets.UTF_8), ObjectMetadata.NONE),
                new WriteOptions(ObjectMetadata.NONE, Precondition.none(), Optional.empty(), Optional.empty()));
    }
}
