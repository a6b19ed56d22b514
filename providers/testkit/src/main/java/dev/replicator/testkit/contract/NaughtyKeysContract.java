package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.KeyRange;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.Precondition;
import dev.replicator.testkit.NaughtyKeys;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every key of {@link NaughtyKeys} comes back byte by byte or is refused by name before anything is written. */
public interface NaughtyKeysContract extends StoreContract {

    @Test
    default void carriesEveryKeyItCanHoldAndRefusesTheOthersUnwritten(StoreHarness harness) {
        List<ObjectKey> written = new ArrayList<>();
        for (String text : NaughtyKeys.all()) {
            ObjectKey key = ObjectKey.of(text);
            if (harness.holds(key) && Samples.goesWith(harness, key, written)) {
                Bytes.write(harness.store(), key, key.bytes());
                written.add(key);
            } else {
                assertThatThrownBy(() -> Bytes.write(harness.store(), key, key.bytes()))
                        .as("writing %s", key)
                        .isInstanceOf(InvalidRequestException.class);
            }
        }

        assertThat(written).as("keys that the service holds").hasSizeGreaterThan(100);
        assertThat(Listings.keys(harness.store())).isEqualTo(Samples.sorted(written));
        for (ObjectKey key : written) {
            assertThat(Bytes.read(harness.store(), key)).as("bytes of %s", key).isEqualTo(key.bytes());
        }
    }

    @Test
    default void doesNotTakeOneKeyForAnother(StoreHarness harness) {
        List<ObjectKey> keys = Samples.fitting(
                harness,
                List.of(
                        "a/b",
                        "a//b",
                        "/a/b",
                        "a/./b",
                        "a/../a/b",
                        "a/b/",
                        "A/b",
                        "a%2Fb",
                        "a\\b",
                        "a+b",
                        "a b",
                        "a%20b",
                        "caf\u00E9",
                        "cafe\u0301",
                        "caf%C3%A9",
                        "stra\u00DFe",
                        "strasse",
                        "x",
                        "x ",
                        " x",
                        "x.",
                        "x\u200B",
                        "\uFFFD",
                        "\uFFFE",
                        "\uD83D\uDE00"));
        for (ObjectKey key : keys) {
            assertThat(harness.store().head(key))
                    .as("%s before it is written", key)
                    .isEmpty();
            Bytes.write(harness.store(), key, key.bytes());
        }

        List<ObjectKey> left = new ArrayList<>(Samples.sorted(keys));
        for (ObjectKey key : keys) {
            harness.store().delete(key, Precondition.none());
            left.remove(key);
            assertThat(Listings.keys(harness.store()))
                    .as("after deleting %s", key)
                    .isEqualTo(left);
        }
    }

    @Test
    default void takesAKeyItCannotHoldAsAbsent(StoreHarness harness) {
        Bytes.write(harness.store(), "a/b", "text");
        List<ObjectKey> foreign = new ArrayList<>(NaughtyKeys.all().stream()
                .map(ObjectKey::of)
                .filter(key -> !harness.holds(key))
                .toList());
        foreign.add(ObjectKey.of("a/b/c/d"));

        for (ObjectKey key : foreign) {
            assertThat(harness.store().head(key)).as("head of %s", key).isEmpty();
        }
    }

    @Test
    default void resumesAListingAfterAnyKey(StoreHarness harness) {
        List<ObjectKey> keys = Samples.sorted(Samples.fitting(harness, NaughtyKeys.all()));
        Samples.put(harness, keys);

        for (int i = 0; i < keys.size(); i += 5) {
            KeyRange next = KeyRange.of(keys.get(i), keys.get(Math.min(i + 2, keys.size() - 1)));
            assertThat(Listings.keys(harness.store(), next))
                    .as("%s", next)
                    .isEqualTo(keys.subList(i + 1, Math.min(i + 3, keys.size())));
        }
    }
}
