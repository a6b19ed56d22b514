package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.ListRequest;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.StoreClock;
import dev.replicator.store.Tags;
import dev.replicator.store.UploadSweep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a store says of itself, and its optional roles. */
public interface RoleContract extends StoreContract {

    @Test
    default void declaresExactlyWhatItsHarnessPromises(StoreHarness harness) {
        assertThat(harness.store().capabilities()).isEqualTo(harness.capabilities());
        assertThat(harness.neighbour().capabilities()).isEqualTo(harness.capabilities());
        Outcome<Boolean> meddling =
                Outcome.ofDeed(() -> harness.store().capabilities().clear());
        assertThat(meddling.succeeded() && !harness.capabilities().isEmpty())
                .as("the set can be changed")
                .isFalse();
        assertThat(harness.store().capabilities()).isEqualTo(harness.capabilities());
    }

    @Test
    default void declaresCapabilitiesThatGoTogether(StoreHarness harness) {
        Set<Capability> declared = harness.store().capabilities();
        if (declared.contains(Capability.CREATE_ONLY_COPY) || declared.contains(Capability.CONDITIONAL_COPY)) {
            assertThat(declared).contains(Capability.SERVER_SIDE_COPY);
        }
        assertThat(harness.store().role(Tags.class).isPresent()).isEqualTo(declared.contains(Capability.TAGS));
    }

    @Test
    default void namesItsBucket(StoreHarness harness) {
        BucketRef bucket = harness.store().bucket();

        assertThat(bucket.scheme()).isNotEmpty();
        assertThat(bucket.bucket()).isNotEmpty();
        assertThat(bucket.sameBucketAs(harness.neighbour().bucket())).isFalse();
        try (ObjectStore other = harness.another()) {
            assertThat(bucket.sameBucketAs(other.bucket())).isTrue();
        }
        assertThat(harness.secrets()).noneMatch(bucket.identity()::contains);
    }

    @Test
    default void hasNoRoleThatNobodyDefined(StoreHarness harness) {
        assertThat(harness.store().role(Runnable.class)).isEmpty();
        assertThat(harness.store().role(String.class)).isEmpty();
    }

    @Test
    default void tellsTheTimeThatItStampsWith(StoreHarness harness) {
        Outcome<StoreClock> clock =
                Outcome.of(() -> harness.store().role(StoreClock.class).orElseThrow());
        if (!clock.succeeded()) {
            assertThat(harness.store().role(StoreClock.class))
                    .as("the same answer twice")
                    .isEmpty();
            return;
        }
        Instant before = clock.value().orElseThrow().now();
        ObjectMeta written = Bytes.write(harness.store(), "stamped", "text");
        Instant after = clock.value().orElseThrow().now();

        assertThat(after).isAfterOrEqualTo(before);
        assertThat(written.modified())
                .isBetween(before.minus(Duration.ofSeconds(3)), after.plus(Duration.ofSeconds(3)));
    }

    @Test
    default void sweepsNothingButUnfinishedUploads(StoreHarness harness) {
        ObjectKey key = ObjectKey.of("large");
        byte[] bytes = Bytes.random((int) harness.sizes().multipartUpload() + 1, 1);
        Bytes.write(harness.store(), key, bytes);
        List<Integer> swept = harness.store().role(UploadSweep.class).stream()
                .map(sweep ->
                        sweep.sweep(key, Optional.of("run/1"), Instant.EPOCH, Instant.parse("2200-01-01T00:00:00Z")))
                .toList();

        assertThat(swept).allMatch(count -> count == 0);
        assertThat(Bytes.read(harness.store(), key)).isEqualTo(bytes);
    }

    @Test
    default void showsEtagsInListingsAsDeclared(StoreHarness harness) {
        harness.put(ObjectKey.of("a"), Bytes.utf8("same bytes"), ObjectMetadata.NONE);
        harness.put(ObjectKey.of("b"), Bytes.utf8("same bytes"), ObjectMetadata.NONE);
        harness.put(ObjectKey.of("c"), Bytes.utf8("other byte"), ObjectMetadata.NONE);

        List<ObjectMeta> entries = Listings.entries(harness.store(), ListRequest.everything());

        Fingerprint.Verdict same = verdict(entries.get(0), entries.get(1));
        Fingerprint.Verdict different = verdict(entries.get(0), entries.get(2));
        assertThat(different).isNotEqualTo(Fingerprint.Verdict.EQUAL);
        if (harness.capabilities().contains(Capability.ETAGS)) {
            assertThat(same).isEqualTo(Fingerprint.Verdict.EQUAL);
        } else {
            assertThat(same).isNotEqualTo(Fingerprint.Verdict.DIFFERENT);
        }
    }

    private static Fingerprint.Verdict verdict(ObjectMeta one, ObjectMeta other) {
        return Fingerprint.compare(one.fingerprints(), other.fingerprints());
    }
}
