package dev.replicator.gcs;

import static dev.replicator.gcs.FakeBucket.BUCKET;
import static dev.replicator.gcs.FakeBucket.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.BucketRef;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.InvalidRequestException.Why;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.Precondition;
import dev.replicator.store.ServiceTrait;
import dev.replicator.store.WriteOptions;
import dev.replicator.testkit.gcs.store.Encryption;
import dev.replicator.testkit.gcs.store.ObjectFields;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects encrypted with a key that only their owner has: seen, listed, and told by name where their bytes are wanted. */
class CustomerKeysTest {
    private static final ObjectFields LOCKED = ObjectFields.NONE
            .withText("contentType", "text/plain")
            .withEncryption(Encryption.ofCustomer("6ce4zBZUlS8Ed/YH3GIb/xPO4z5/2Ys5RGRUtPWVeRc="));

    private final FakeBucket photos = new FakeBucket();

    @BeforeEach
    void lock() {
        photos.fake.put(BUCKET, "a", new byte[100], LOCKED);
        photos.fake.put(SOURCE, "a", new byte[100], LOCKED);
    }

    @AfterEach
    void close() {
        photos.close();
    }

    private static void assertRefused(ThrowingCallable deed) {
        assertThatThrownBy(deed)
                .isInstanceOfSatisfying(
                        InvalidRequestException.class, e -> assertThat(e.why()).isEqualTo(Why.CUSTOMER_KEY))
                .hasMessageContaining("/a")
                .hasMessageContaining("customer-supplied encryption key");
    }

    private ObjectMeta listed() {
        try (Listing listing = photos.store.list(ListRequest.everything().withMetadata())) {
            return listing.next().orElseThrow().meta(0);
        }
    }

    @Test
    void areListedAndSeenWithoutDigests() {
        for (ObjectMeta found : List.of(listed(), photos.head("a"))) {
            assertThat(found.fingerprints()).isEmpty();
            assertThat(found.size()).isEqualTo(100);
            assertThat(found.metadata().orElseThrow().contentType()).contains("text/plain");
            assertThat(found.metadata().orElseThrow().traits())
                    .containsEntry(ServiceTrait.ENCRYPTION_KEY, "a key that only its owner has");
        }
    }

    @Test
    void areRefusedBeforeAByteIsRead() {
        try (ObjectBody listed = photos.store.read(listed());
                ObjectBody headed = photos.store.read(photos.head("a"))) {
            assertRefused(listed::metadata);
            assertRefused(headed::open);
            assertRefused(() -> headed.open(1, 10));
        }
    }

    @Test
    void areNotCopiedByTheServiceEither() {
        BucketRef from = photos.sourceBucket();
        ObjectMeta source = photos.source("a");

        assertRefused(() ->
                photos.store.copyFrom(from, source, ObjectKey.of("copy"), WriteOptions.of(Precondition.absent())));
        assertThat(photos.fake.find(BUCKET, "copy")).isEmpty();
    }

    @Test
    void canBeDeleted() {
        photos.store.delete(
                ObjectKey.of("a"), Precondition.unchanged(photos.head("a").version()));

        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }
}
