package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.Capability;
import dev.replicator.store.MetadataRules;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.Tags;
import dev.replicator.store.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The roles {@link MetadataRules} and {@link MetadataUpdate}, where a store has them. */
public interface MetadataUpdateContract extends StoreContract {
    ObjectKey KEY = ObjectKey.of("dir/updated.txt");
    Map<String, String> TAG = Map.of("team", "media");
    ObjectMetadata BEFORE = ObjectMetadata.ofContentType("text/plain")
            .withHeaders(Map.of("content-type", "text/plain", "cache-control", "no-cache", "content-language", "de"))
            .withUser(Map.of("kept", "old", "gone", "x"));
    ObjectMetadata AFTER = ObjectMetadata.NONE
            .withHeaders(Map.of("content-type", "text/html", "cache-control", "max-age=60"))
            .withUser(Map.of("kept", "new", "custom:aclPolicy", "{\"visibility\":\"public\"}"));

    private static Optional<MetadataUpdate> role(StoreHarness harness) {
        return harness.store().role(MetadataUpdate.class);
    }

    private static ObjectMeta written(StoreHarness harness, int size) {
        boolean tags = harness.capabilities().contains(Capability.TAGS);
        Bytes.write(
                harness.store(),
                KEY,
                Bytes.random(size, size),
                tags ? BEFORE.withTags(TAG) : BEFORE.withTags(Map.of()));
        return Bytes.head(harness.store(), KEY);
    }

    private static Map<String, String> tags(StoreHarness harness) {
        return harness.store().role(Tags.class).map(tags -> tags.tags(KEY)).orElse(Map.of());
    }

    @Test
    default void replacesHeadersAndUserMetadataAndKeepsTheRest(StoreHarness harness) {
        if (role(harness).isEmpty()) {
            return;
        }
        for (int size : new int[] {0, 100, (int) harness.sizes().multipartCopy() + 1}) {
            ObjectMeta seen = written(harness, size);
            Map<String, String> tags = tags(harness);

            ObjectMeta updated =
                    role(harness).orElseThrow().update(seen, AFTER, Precondition.unchanged(seen.version()));

            ObjectMeta now = Bytes.head(harness.store(), KEY);
            assertThat(now.metadata()).as("head of %d bytes", size).contains(AFTER);
            assertThat(updated.version()).isEqualTo(now.version());
            assertThat(updated.key()).isEqualTo(KEY);
            assertThat(updated.size()).isEqualTo(size);
            assertThat(tags(harness)).isEqualTo(tags);
            assertThat(Bytes.read(harness.store(), KEY)).isEqualTo(Bytes.random(size, size));
        }
    }

    @Test
    default void updatesOnlyTheVersionSeen(StoreHarness harness) {
        if (role(harness).isEmpty()) {
            return;
        }
        ObjectMeta seen = written(harness, 100);
        harness.put(KEY, Bytes.utf8("by another"), ObjectMetadata.ofContentType("text/css"));
        Version now = Bytes.head(harness.store(), KEY).version();

        assertThatThrownBy(
                        () -> role(harness).orElseThrow().update(seen, AFTER, Precondition.unchanged(seen.version())))
                .isInstanceOf(StaleObjectException.class);

        ObjectMeta found = Bytes.head(harness.store(), KEY);
        assertThat(found.version()).isEqualTo(now);
        assertThat(found.metadata().orElseThrow().contentType()).contains("text/css");
    }

    @Test
    default void doesNotUpdateWhatVanished(StoreHarness harness) {
        if (role(harness).isEmpty()) {
            return;
        }
        ObjectMeta seen = written(harness, 100);
        harness.remove(KEY);

        assertThatThrownBy(
                        () -> role(harness).orElseThrow().update(seen, AFTER, Precondition.unchanged(seen.version())))
                .isInstanceOf(StaleObjectException.class);

        assertThat(harness.store().head(KEY)).isEmpty();
    }

    @Test
    default void canBeUpdatedAgainAndAgain(StoreHarness harness) {
        if (role(harness).isEmpty()) {
            return;
        }
        ObjectMeta seen = written(harness, 100);
        for (int i = 0; i < 3; i++) {
            ObjectMetadata next = AFTER.withUser("round", Integer.toString(i));
            role(harness).orElseThrow().update(seen, next, Precondition.unchanged(seen.version()));
            seen = Bytes.head(harness.store(), KEY);
            assertThat(seen.metadata()).contains(next);
        }
    }

    /** Names and values that services have trouble with. */
    private static List<ObjectMetadata> naughty() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            many.put("entry-" + i, "x".repeat(20 + i));
        }
        many.put("custom:aclPolicy", "{\"owner\":\"1\",\"visibility\":\"private\"}");
        return List.of(
                ObjectMetadata.NONE,
                AFTER,
                ObjectMetadata.NONE.withUser(Map.of("Color", "red", "colour", "blue")),
                ObjectMetadata.NONE.withUser(Map.of("a:b", "1", "a/b", "2", "a-b", "3", "A:B", "4", "a b", "5")),
                ObjectMetadata.NONE.withUser(Map.of("größe", "größer", "日本", "日本語")),
                ObjectMetadata.NONE.withUser(
                        Map.of("", "nameless", "spaces", "  around  ", "empty", "", "lines", "a\nb\r\nc")),
                ObjectMetadata.NONE.withUser(Map.of("word", "=?UTF-8?B?4pyT?=")),
                ObjectMetadata.NONE.withUser(many),
                ObjectMetadata.NONE.withUser(Map.of("long", "x".repeat(9_000), "short", "y")));
    }

    @Test
    default void holdsWhatItsRulesSayThatItHolds(StoreHarness harness) {
        Optional<MetadataRules> rules = harness.store().role(MetadataRules.class);
        if (rules.isEmpty()) {
            return;
        }
        for (ObjectMetadata wanted : naughty()) {
            ObjectMetadata kept = rules.get().fit(wanted).kept();
            assertThat(rules.get().fit(kept).kept()).as("fitted twice").isEqualTo(kept);

            Bytes.write(harness.store(), KEY, Bytes.utf8("text"), kept);

            ObjectMetadata head = Bytes.head(harness.store(), KEY).metadata().orElseThrow();
            assertThat(head.user()).isEqualTo(kept.user());
            if (kept.contentType().isPresent() && harness.capabilities().contains(Capability.METADATA)) {
                assertThat(head.headers()).isEqualTo(kept.headers());
            }
            try (ObjectBody body = harness.store().read(Bytes.head(harness.store(), KEY))) {
                assertThat(body.metadata().user()).isEqualTo(kept.user());
            }
        }
    }

    @Test
    default void tellsEveryLossAndNothingElse(StoreHarness harness) {
        Optional<MetadataRules> rules = harness.store().role(MetadataRules.class);
        if (rules.isEmpty()) {
            return;
        }
        for (ObjectMetadata wanted : naughty()) {
            MetadataRules.Fitted fitted = rules.get().fit(wanted.withTags(TAG));
            wanted.withTags(TAG).user().forEach((name, value) -> {
                if (!value.equals(fitted.kept().user().get(name))) {
                    assertThat(fitted.losses()).anyMatch(loss -> loss.field().equals(name));
                }
            });
            assertThat(fitted.losses())
                    .allMatch(loss -> wanted.user().containsKey(loss.field())
                            || wanted.headers().containsKey(loss.field())
                            || TAG.containsKey(loss.field()));
            if (fitted.losses().isEmpty()) {
                assertThat(fitted.kept()).isEqualTo(wanted.withTags(TAG));
            }
        }
    }
}
