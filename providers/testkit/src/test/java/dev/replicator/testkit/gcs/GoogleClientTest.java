package dev.replicator.testkit.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.paging.Page;
import com.google.cloud.NoCredentials;
import com.google.cloud.ReadChannel;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.CopyWriter;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageBatch;
import com.google.cloud.storage.StorageBatchResult;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.store.BucketSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Google's own client makes of the fake. */
class GoogleClientTest {
    private final FakeGcs fake = FakeGcs.start(FakeGcsOptions.strict().withBytesPerRewrite(1 << 20));
    private Storage storage;

    @BeforeEach
    void open() {
        fake.createBucket("photos");
        storage = StorageOptions.http()
                .setHost(fake.endpoint().toString())
                .setProjectId("fake-project")
                .setCredentials(NoCredentials.getInstance())
                .build()
                .getService();
    }

    @AfterEach
    void close() throws Exception {
        storage.close();
        fake.close();
    }

    @Test
    void createsAndReadsAnObjectWithAllItsFields() {
        BlobInfo info = BlobInfo.newBuilder("photos", "a b/ü+%2F?#.txt")
                .setContentType("text/plain")
                .setCacheControl("no-store")
                .setContentDisposition("inline")
                .setContentLanguage("de")
                .setMetadata(Map.of("Key", "Wért"))
                .setCrc32c("yZRlqg==")
                .build();

        Blob created = storage.create(info, bytes("hello world"), Storage.BlobTargetOption.doesNotExist());
        Blob found = storage.get(created.getBlobId());

        assertThat(found.getName()).isEqualTo("a b/ü+%2F?#.txt");
        assertThat(found.getContentType()).isEqualTo("text/plain");
        assertThat(found.getCacheControl()).isEqualTo("no-store");
        assertThat(found.getContentDisposition()).isEqualTo("inline");
        assertThat(found.getContentLanguage()).isEqualTo("de");
        assertThat(found.getMetadata()).isEqualTo(Map.of("Key", "Wért"));
        assertThat(found.getSize()).isEqualTo(11);
        assertThat(found.getMd5()).isEqualTo("XrY7u+Ae7tCTyyK7j1rNww==");
        assertThat(found.getCrc32c()).isEqualTo("yZRlqg==");
        assertThat(found.getGeneration()).isEqualTo(created.getGeneration());
        assertThat(found.getMetageneration()).isEqualTo(1);
        assertThat(storage.readAllBytes(created.getBlobId())).isEqualTo(bytes("hello world"));
    }

    @Test
    void refusesToCreateWhatIsThereAndToReadWhatIsReplaced() {
        Blob first = storage.create(BlobInfo.newBuilder("photos", "a").build(), bytes("1"));

        assertThatThrownBy(() -> storage.create(
                        BlobInfo.newBuilder("photos", "a").build(),
                        bytes("2"),
                        Storage.BlobTargetOption.doesNotExist()))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.getCode()).isEqualTo(412));
        storage.create(BlobInfo.newBuilder("photos", "a").build(), bytes("3"));
        assertThatThrownBy(() -> storage.readAllBytes(first.getBlobId()))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.getCode()).isEqualTo(404));
        assertThat(storage.get("photos", "missing")).isNull();
        assertThat(storage.get("photos", "a").getContent()).isEqualTo(bytes("3"));
    }

    @Test
    void uploadsInChunksAndReadsRanges() throws IOException {
        byte[] content = new byte[(2 << 20) + 12_345];
        new Random(1).nextBytes(content);
        BlobInfo info = BlobInfo.newBuilder("photos", "large").build();

        try (WriteChannel channel = storage.writer(info, Storage.BlobWriteOption.doesNotExist())) {
            channel.setChunkSize(512 * 1024);
            channel.write(ByteBuffer.wrap(content));
        }

        assertThat(fake.get("photos", "large").orElseThrow()).isEqualTo(content);
        assertThat(fake.log().count(GcsOperation.RESUMABLE_CHUNK)).isEqualTo(5);
        try (ReadChannel channel = storage.reader("photos", "large")) {
            channel.seek(1_000_000);
            channel.limit(1_000_100);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Channels.newInputStream(channel).transferTo(out);
            assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(content, 1_000_000, 1_000_100));
        }
    }

    @Test
    void writesAnEmptyObjectThroughAChannel() throws IOException {
        try (WriteChannel channel =
                storage.writer(BlobInfo.newBuilder("photos", "empty").build())) {
            assertThat(channel.write(ByteBuffer.allocate(0))).isZero();
        }

        assertThat(fake.get("photos", "empty").orElseThrow()).isEmpty();
    }

    @Test
    void goesOnWhereTheServerKeptOnlyAPart() throws IOException {
        byte[] content = new byte[1 << 20];
        new Random(2).nextBytes(content);
        fake.faults().on(GcsOperation.RESUMABLE_CHUNK).nth(1).inject(new GcsFault.PersistPartly(256 * 1024));

        try (WriteChannel channel =
                storage.writer(BlobInfo.newBuilder("photos", "large").build())) {
            channel.setChunkSize(512 * 1024);
            channel.write(ByteBuffer.wrap(content));
        }

        assertThat(fake.get("photos", "large").orElseThrow()).isEqualTo(content);
    }

    @Test
    void listsInPages() {
        fake.populate("photos", 25, i -> String.format("p/%03d", i), 3);
        fake.put("photos", "q/sub/x", bytes("x"));

        List<String> names = new ArrayList<>();
        Page<Blob> page = storage.list(
                "photos",
                Storage.BlobListOption.prefix("p/"),
                Storage.BlobListOption.startOffset("p/005"),
                Storage.BlobListOption.endOffset("p/020"),
                Storage.BlobListOption.pageSize(10),
                Storage.BlobListOption.fields(Storage.BlobField.NAME, Storage.BlobField.SIZE));
        page.iterateAll().forEach(blob -> names.add(blob.getName()));

        assertThat(names).hasSize(15).startsWith("p/005").endsWith("p/019");
        assertThat(fake.log().count(GcsOperation.LIST)).isEqualTo(2);
        List<String> top = new ArrayList<>();
        storage.list("photos", Storage.BlobListOption.currentDirectory())
                .getValues()
                .forEach(b -> top.add(b.getName()));
        assertThat(top).containsExactly("p/", "q/");
    }

    @Test
    void rewritesOverSeveralCallsAndWithNewMetadata() {
        fake.createBucket("archive", BucketSettings.ORDINARY.withLocation("EU"));
        fake.putSynthetic("photos", "large", (3 << 20) + 1, 7);

        CopyWriter writer = storage.copy(Storage.CopyRequest.newBuilder()
                .setSource("photos", "large")
                .setTarget(
                        BlobInfo.newBuilder("archive", "copy")
                                .setMetadata(Map.of("a", "b"))
                                .build(),
                        Storage.BlobTargetOption.doesNotExist())
                .build());
        Blob copied = writer.getResult();

        assertThat(copied.getMetadata()).isEqualTo(Map.of("a", "b"));
        assertThat(fake.log().count(GcsOperation.REWRITE)).isEqualTo(4);
        assertThat(copied.getCrc32c()).isEqualTo(storage.get("photos", "large").getCrc32c());
    }

    @Test
    void patchesComposesAndDeletes() {
        fake.put("photos", "1", bytes("ab"));
        fake.put("photos", "2", bytes("cd"));

        Blob patched = storage.update(
                BlobInfo.newBuilder("photos", "1").setMetadata(Map.of("k", "v")).build());
        Blob composed = storage.compose(Storage.ComposeRequest.of(
                List.of("1", "2"), BlobInfo.newBuilder("photos", "12").build()));

        assertThat(patched.getMetageneration()).isEqualTo(2);
        assertThat(composed.getContent()).isEqualTo(bytes("abcd"));
        assertThat(composed.getMd5()).isNull();
        assertThat(storage.delete("photos", "1")).isTrue();
        assertThat(storage.delete("photos", "1")).isFalse();
        assertThat(storage.delete(List.of(BlobId.of("photos", "2"), BlobId.of("photos", "gone"))))
                .containsExactly(true, false);
    }

    @Test
    void saysInABatchWhichPreconditionFailed() {
        fake.put("photos", "a", bytes("1"));
        fake.put("photos", "b", bytes("2"));
        StorageBatch batch = storage.batch();
        StorageBatchResult<Boolean> fails = batch.delete("photos", "a", Storage.BlobSourceOption.generationMatch(1));
        StorageBatchResult<Boolean> works = batch.delete("photos", "b");

        batch.submit();

        assertThat(works.get()).isTrue();
        assertThatThrownBy(fails::get)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.getCode()).isEqualTo(412));
    }

    @Test
    void servesBuckets() {
        storage.create(BucketInfo.newBuilder("made").setLocation("eu").build());

        assertThat(storage.get("made").getLocation()).isEqualTo("EU");
        assertThat(storage.get("missing")).isNull();
        assertThat(storage.testIamPermissions("made", List.of("storage.objects.get")))
                .containsExactly(true);
        assertThatThrownBy(() -> storage.list("missing"))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.getCode()).isEqualTo(404));
        assertThat(storage.delete("made")).isTrue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
