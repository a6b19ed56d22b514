package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.Capability;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.Tags;
import dev.replicator.store.WriteOptions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Headers, user metadata and tags. */
public interface MetadataContract extends StoreContract {
    ObjectKey DRESSED = ObjectKey.of("dir/dressed.txt");

    /** Every header there is, and user metadata with the characters that header lines make trouble with. */
    ObjectMetadata FULL = new ObjectMetadata(
            Optional.of("text/html; charset=utf-8"),
            Optional.of("public, max-age=31536000, immutable"),
            Optional.of("identity"),
            Optional.of("attachment; filename=\"a b.txt\""),
            Optional.of("de-CH, en"),
            Optional.of("Thu, 01 Dec 2033 16:00:00 GMT"),
            Map.of("color", "red", "custom-path", "/objects/a=b,c;d \"e\" (f)", "n", "0"),
            Map.of());

    Map<String, String> TAGS = Map.of("team", "media", "cost-center", "4 + 2 = 6 / a:b_c.d-e@f");

    @Test
    default void carriesHeadersAndUserMetadataAsDeclared(StoreHarness harness) {
        ObjectStore store = harness.store();
        for (int size : new int[] {0, 100, (int) harness.sizes().multipartUpload() + 1}) {
            byte[] bytes = Bytes.random(size, size);
            Bytes.write(store, DRESSED, bytes, FULL);

            ObjectMetadata head = Bytes.head(store, DRESSED).metadata().orElseThrow();
            ObjectMetadata read = metadataOfBody(store, DRESSED);
            if (harness.capabilities().contains(Capability.METADATA)) {
                assertThat(head).as("head of %d bytes", size).isEqualTo(FULL);
                assertThat(read.withTags(Map.of())).as("body of %d bytes", size).isEqualTo(FULL);
            } else {
                assertThat(head.user())
                        .as("undeclared metadata is dropped whole")
                        .isEmpty();
                assertThat(head.cacheControl()).isEmpty();
            }
            assertThat(Bytes.read(store, DRESSED)).isEqualTo(bytes);
        }
    }

    private static ObjectMetadata metadataOfBody(ObjectStore store, ObjectKey key) {
        try (ObjectBody body = store.read(Bytes.head(store, key))) {
            return body.metadata();
        }
    }

    @Test
    default void inventsNoMetadata(StoreHarness harness) {
        Bytes.write(harness.store(), DRESSED, Bytes.utf8("plain"));

        ObjectMetadata head = Bytes.head(harness.store(), DRESSED).metadata().orElseThrow();

        assertThat(head.withContentType("x")).as("all but a content type").isEqualTo(ObjectMetadata.ofContentType("x"));
    }

    @Test
    default void replacesMetadataAndTagsRatherThanMergingThem(StoreHarness harness) {
        Bytes.write(harness.store(), DRESSED, Bytes.utf8("one"), FULL.withTags(tagsOrNone(harness)));
        Bytes.write(
                harness.store(), DRESSED, Bytes.utf8("two"), ObjectMetadata.NONE.withUser(userOrNone(harness, "new")));

        ObjectMetadata head = Bytes.head(harness.store(), DRESSED).metadata().orElseThrow();
        assertThat(head.user()).isEqualTo(userOrNone(harness, "new"));
        assertThat(head.cacheControl()).isEmpty();
        assertThat(head.contentDisposition()).isEmpty();
        assertThat(harness.store()
                        .role(Tags.class)
                        .map(tags -> tags.tags(DRESSED))
                        .orElse(Map.of()))
                .isEmpty();
    }

    private static Map<String, String> tagsOrNone(StoreHarness harness) {
        return harness.capabilities().contains(Capability.TAGS) ? TAGS : Map.of();
    }

    private static Map<String, String> userOrNone(StoreHarness harness, String value) {
        return harness.capabilities().contains(Capability.METADATA) ? Map.of("k", value) : Map.of();
    }

    @Test
    default void carriesTagsAsDeclared(StoreHarness harness) {
        ObjectStore store = harness.store();
        for (int size : new int[] {5, (int) harness.sizes().multipartUpload() + 1}) {
            byte[] bytes = Bytes.random(size, size);
            Outcome<ObjectMeta> written =
                    Outcome.of(() -> Bytes.write(store, DRESSED, bytes, ObjectMetadata.NONE.withTags(TAGS)));

            if (harness.capabilities().contains(Capability.TAGS)) {
                assertThat(written.failure()).isEmpty();
                assertThat(Bytes.tags(store, DRESSED)).isEqualTo(TAGS);
                assertThat(metadataOfBody(store, DRESSED).tags()).isEqualTo(TAGS);
                assertThat(Bytes.head(store, DRESSED).metadata().orElseThrow().tags())
                        .isEmpty();
            } else if (written.succeeded()) {
                assertThat(Bytes.read(store, DRESSED)).isEqualTo(bytes);
                assertThat(metadataOfBody(store, DRESSED).tags()).isEmpty();
            } else {
                assertThat(written.failure().orElseThrow()).isInstanceOf(InvalidRequestException.class);
                assertThat(store.head(DRESSED)).isEmpty();
            }
        }
    }

    @Test
    default void remembersTheOperationWhereItKeepsMetadata(StoreHarness harness) {
        harness.store()
                .write(
                        DRESSED,
                        Bytes.body("text"),
                        WriteOptions.of(Precondition.none())
                                .withMetadata(ObjectMetadata.NONE)
                                .withOperation("run-7/42"));

        Map<String, String> user =
                Bytes.head(harness.store(), DRESSED).metadata().orElseThrow().user();
        if (harness.capabilities().contains(Capability.METADATA)) {
            assertThat(user).containsEntry(ObjectMetadata.OPERATION, "run-7/42");
        } else {
            assertThat(user).isEmpty();
        }
    }
}
