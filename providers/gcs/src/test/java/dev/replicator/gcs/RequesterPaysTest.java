package dev.replicator.gcs;

import static dev.replicator.gcs.FakeBucket.MIB;
import static dev.replicator.testkit.gcs.model.GcsOperation.GET;
import static dev.replicator.testkit.gcs.model.GcsOperation.REWRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.WriteSettings;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.store.BucketSettings;
import dev.replicator.testkit.wire.WireFault;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copies by the service from and to buckets whose requester pays: one project pays for both ends of a call. */
class RequesterPaysTest {
    private static final String PAID = "paid";
    private static final String FREE = "free";
    private static final ObjectKey KEY = ObjectKey.of("copy");
    private static final WriteOptions NEW = WriteOptions.of(Precondition.absent());
    private static final WriteSettings NEARLINE =
            new WriteSettings(Optional.of("NEARLINE"), Optional.empty(), Optional.empty(), Optional.empty());

    private final FakeBucket photos = new FakeBucket();
    private final byte[] bytes = SourceBody.bytes(3 * MIB);

    @BeforeEach
    void createBuckets() {
        photos.fake.createBucket(PAID, BucketSettings.ORDINARY.withRequesterPays(true));
        photos.fake.createBucket(FREE, BucketSettings.ORDINARY.withLocation("ASIA-NORTHEAST1"));
        photos.fake.put(PAID, "a", bytes);
        photos.fake.put(FREE, "a", bytes);
    }

    @AfterEach
    void close() {
        photos.close();
    }

    private ObjectStore paying(String bucket, String project, WriteSettings write) {
        return photos.open(
                bucket,
                settings -> SpecialCasesTest.with(settings.withProject(project), true, write)
                        .withSizes(new TransferSizes(MIB, 2 * MIB, MIB)));
    }

    private ObjectStore free(WriteSettings write) {
        return photos.open(
                FREE,
                settings ->
                        SpecialCasesTest.with(settings, false, write).withSizes(new TransferSizes(MIB, 2 * MIB, MIB)));
    }

    private static ObjectMeta copy(ObjectStore from, ObjectStore to) {
        ObjectMeta source = from.head(ObjectKey.of("a")).orElseThrow();
        assertThat(to.copiesFrom(from.bucket())).isTrue();
        return to.copyFrom(from.bucket(), source, KEY, NEW);
    }

    private List<Optional<String>> payers(GcsOperation operation) {
        return photos.fake.log().requests(operation).stream()
                .map(request -> Optional.ofNullable(request.call().query().get("userProject")))
                .distinct()
                .toList();
    }

    @Test
    void theSourcesProjectPaysWhereTheDestinationNamesNone() {
        try (ObjectStore from = paying(PAID, "acme-reads", WriteSettings.NONE);
                ObjectStore to = free(WriteSettings.NONE)) {
            copy(from, to);
        }

        assertThat(photos.fake.get(FREE, "copy")).contains(bytes);
        assertThat(payers(REWRITE)).containsExactly(Optional.of("acme-reads"));
    }

    @Test
    void theDestinationsProjectPaysWhereItNamesOne() {
        try (ObjectStore from = free(WriteSettings.NONE);
                ObjectStore to = paying(PAID, "acme-writes", WriteSettings.NONE)) {
            copy(from, to);
        }

        assertThat(photos.fake.get(PAID, "copy")).contains(bytes);
        assertThat(payers(REWRITE)).containsExactly(Optional.of("acme-writes"));
    }

    @Test
    void theSourcesProjectPaysForLooksAtTheSource() {
        photos.fake.faults().on(REWRITE).nth(1).inject(WireFault.dropAfterCommit());
        try (ObjectStore from = paying(PAID, "acme-reads", WriteSettings.NONE);
                ObjectStore to = free(NEARLINE)) {
            assertThatThrownBy(() -> copy(from, to)).hasMessageContaining("copy");
            copy(from, to);
        }

        assertThat(photos.fake.log().requests(GET))
                .filteredOn(request -> request.call().bucket().equals(PAID))
                .hasSizeGreaterThan(2)
                .allSatisfy(request -> {
                    assertThat(request.status()).isEqualTo(200);
                    assertThat(request.call().query()).containsEntry("userProject", "acme-reads");
                });
    }

    @Test
    void twoProjectsCantPayForOneCopy() {
        try (ObjectStore from = paying(PAID, "acme-reads", WriteSettings.NONE);
                ObjectStore to = paying(FREE, "acme-writes", WriteSettings.NONE);
                ObjectStore same = paying(FREE, "acme-reads", WriteSettings.NONE)) {
            ObjectMeta source = from.head(ObjectKey.of("a")).orElseThrow();

            assertThat(to.copiesFrom(from.bucket())).isFalse();
            assertThat(same.copiesFrom(from.bucket())).isTrue();
            assertThatThrownBy(() -> to.copyFrom(from.bucket(), source, KEY, NEW))
                    .isInstanceOf(UnsupportedOperationException.class);
            same.copyFrom(from.bucket(), source, KEY, NEW);
        }

        assertThat(photos.fake.get(FREE, "copy")).contains(bytes);
    }

    @Test
    void withoutAnyProjectTheServiceRefuses() {
        ObjectMeta source;
        try (ObjectStore from = paying(PAID, "acme-reads", WriteSettings.NONE)) {
            source = from.head(ObjectKey.of("a")).orElseThrow();
        }
        try (ObjectStore unpaid = photos.open(PAID, settings -> settings);
                ObjectStore to = free(WriteSettings.NONE)) {
            assertThatThrownBy(() -> to.copyFrom(unpaid.bucket(), source, KEY, NEW))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("requester-pays");
        }
    }
}
