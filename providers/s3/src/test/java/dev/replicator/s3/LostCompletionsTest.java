package dev.replicator.s3;

import static dev.replicator.s3.FakeBucket.BUCKET;
import static dev.replicator.s3.FakeBucket.MIB;
import static dev.replicator.testkit.s3.model.S3Operation.COMPLETE_MULTIPART_UPLOAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.WriteOptions;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.store.Attributes;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A completion that answers nothing but failures, where what is there already has the very parts that were to be put
 * together: only the description was to be another, so the ETag does not tell that nothing happened.
 */
@Timeout(60)
class LostCompletionsTest {
    private static final ObjectKey KEY = ObjectKey.of("a");

    private final FakeBucket photos = new FakeBucket();
    private final ObjectStore store = photos.open(settings -> settings.withSizes(new TransferSizes(MIB, MIB, MIB)));

    @AfterEach
    void close() {
        store.close();
        photos.close();
    }

    @Test
    void anUpdateThatNeverHappenedIsNotDone() {
        photos.fake.put(BUCKET, "a", bytes(), Attributes.DEFAULT.withMetadata(Map.of("v", "0")));
        MetadataUpdate updates = store.role(MetadataUpdate.class).orElseThrow();
        ObjectMeta first = seen();
        updates.update(first, ObjectMetadata.NONE.withUser("v", "1"), Precondition.unchanged(first));
        ObjectMeta seen = seen();
        completeNothing();

        assertThatThrownBy(() ->
                        updates.update(seen, ObjectMetadata.NONE.withUser("v", "2"), Precondition.unchanged(seen)))
                .isInstanceOf(TransientStoreException.class);
        assertThat(described()).isEqualTo("1");
    }

    @Test
    void aCopyThatNeverHappenedIsNotDone() {
        photos.fake.put(FakeBucket.SOURCE, "a", bytes(), Attributes.DEFAULT.withMetadata(Map.of("v", "1")));
        ObjectStore source = photos.openSource();
        ObjectMeta from = source.head(KEY).orElseThrow();
        store.copyFrom(source.bucket(), from, KEY, WriteOptions.of(Precondition.absent()));
        photos.fake.setAttributes(FakeBucket.SOURCE, "a", all -> all.withMetadata(Map.of("v", "2")));
        WriteOptions over = WriteOptions.of(Precondition.unchanged(seen()));
        completeNothing();

        assertThatThrownBy(() -> store.copyFrom(source.bucket(), from, KEY, over))
                .isInstanceOf(TransientStoreException.class);
        assertThat(described()).isEqualTo("1");
    }

    @Test
    void aWriteThatNeverHappenedIsNotDone() {
        store.write(KEY, ByteArrayBody.of(bytes()), of("1", Precondition.absent()));
        WriteOptions over = of("2", Precondition.unchanged(seen()));
        completeNothing();

        assertThatThrownBy(() -> store.write(KEY, ByteArrayBody.of(bytes()), over))
                .isInstanceOf(TransientStoreException.class);
        assertThat(described()).isEqualTo("1");
    }

    private static WriteOptions of(String value, Precondition precondition) {
        return WriteOptions.of(precondition)
                .withOperation("run-" + value + "/1")
                .withMetadata(ObjectMetadata.NONE.withUser("v", value));
    }

    private void completeNothing() {
        photos.fake.faults().on(COMPLETE_MULTIPART_UPLOAD).inject(Fault.internalError());
    }

    private ObjectMeta seen() {
        return store.head(KEY).orElseThrow();
    }

    private String described() {
        return photos.fake
                .find(BUCKET, "a")
                .orElseThrow()
                .attributes()
                .metadata()
                .get("v");
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[3 * MIB];
        new Random(3).nextBytes(bytes);
        return bytes;
    }
}
