package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.Capability;
import dev.replicator.store.ListRequest;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Metadata that listings show where they were asked to: they are those of a head, and never believed unchecked. */
public interface ListedMetadataContract extends StoreContract {
    private static List<ObjectMetadata> dresses() {
        return List.of(
                ObjectMetadata.ofContentType("text/plain"),
                ObjectMetadata.ofContentType("text/plain"),
                MetadataContract.FULL,
                ObjectMetadata.NONE.withUser(
                        Map.of("quotes", "\"\\/\t", "größe", "größer 😀", "custom:aclPolicy", "{}")),
                ObjectMetadata.ofContentType("text/plain"));
    }

    private static void fill(StoreHarness harness) {
        int number = 0;
        for (ObjectMetadata dress : dresses()) {
            Bytes.write(harness.store(), ObjectKey.of("k" + number++), Bytes.utf8("text"), dress);
        }
    }

    @Test
    default void showsInAListingWhatAHeadShowsOrNothing(StoreHarness harness) {
        fill(harness);

        for (ObjectMeta entry :
                Listings.entries(harness.store(), ListRequest.everything().withMetadata())) {
            ObjectMeta head = harness.store().head(entry.key()).orElseThrow();
            assertThat(entry.version()).isEqualTo(head.version());
            assertThat(entry.metageneration()).isEqualTo(head.metageneration());
            entry.metadata()
                    .ifPresent(
                            shown -> assertThat(shown).isEqualTo(head.metadata().orElseThrow()));
        }
    }

    @Test
    default void showsNoMetadataInAListingUnasked(StoreHarness harness) {
        fill(harness);

        assertThat(Listings.entries(harness.store(), ListRequest.everything()))
                .hasSize(dresses().size())
                .allMatch(entry -> entry.metadata().isEmpty());
    }

    @Test
    default void readsWhatWasListedWithItsMetadata(StoreHarness harness) throws Exception {
        fill(harness);

        for (ObjectMeta entry :
                Listings.entries(harness.store(), ListRequest.everything().withMetadata())) {
            ObjectMetadata head = harness.store()
                    .head(entry.key())
                    .flatMap(ObjectMeta::metadata)
                    .orElseThrow();
            try (ObjectBody body = harness.store().read(entry)) {
                assertThat(body.metadata().withTags(Map.of())).isEqualTo(head);
                for (int again = 0; again < 2; again++) {
                    try (InputStream in = body.open()) {
                        assertThat(in.readAllBytes()).isEqualTo(Bytes.utf8("text"));
                    }
                }
            }
        }
    }

    /** The change may show as another version; what was there before is never told. */
    @Test
    default void neverTellsMetadataThatWereReplacedSinceTheListing(StoreHarness harness) {
        ObjectKey key = ObjectKey.of("k");
        Bytes.write(harness.store(), key, Bytes.utf8("text"), ObjectMetadata.ofContentType("text/plain"));
        ObjectMeta listed = Listings.entries(
                        harness.store(), ListRequest.everything().withMetadata())
                .get(0);
        ObjectMetadata after = ObjectMetadata.ofContentType("text/html");
        try (ObjectStore other = harness.another()) {
            Optional<MetadataUpdate> updates = other.role(MetadataUpdate.class);
            if (updates.isEmpty() || !harness.capabilities().contains(Capability.METADATA)) {
                return;
            }
            ObjectMeta seen = other.head(key).orElseThrow();
            updates.get().update(seen, after, Precondition.unchanged(seen.version()));
        }

        try (ObjectBody body = harness.store().read(listed)) {
            Outcome<ObjectMetadata> told = Outcome.of(body::metadata);

            told.value().ifPresent(now -> assertThat(now.contentType()).contains("text/html"));
            told.failure().ifPresent(failure -> assertThat(failure).isInstanceOf(StaleObjectException.class));
        }
    }
}
