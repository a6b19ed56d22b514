package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Deletes: that object and no other. */
public interface DeleteContract extends StoreContract {

    @Test
    default void deletesOneObjectAndNoOther(StoreHarness harness) {
        for (String victim : List.of("b", "b/c", "d/e/f")) {
            List<ObjectKey> keys = Samples.fitting(
                    harness,
                    List.of(
                            victim, "a", "b", "b-", "b.", "b/c", "b/c/d", "b/d", "b0", "bb", "B", "d/e/f", "d/e/g",
                            "d/f"));
            Samples.put(harness, keys);
            ObjectKey gone = ObjectKey.of(victim);

            harness.store().delete(gone, Precondition.none());

            assertThat(harness.store().head(gone)).isEmpty();
            assertThat(Listings.keys(harness.store()))
                    .isEqualTo(Samples.sorted(
                            keys.stream().filter(key -> !key.equals(gone)).toList()));
            Listings.keys(harness.store()).forEach(harness::remove);
        }
    }

    @Test
    default void doesNotMindAnAbsentKey(StoreHarness harness) {
        Bytes.write(harness.store(), "a/b", "text");

        assertThatCode(() -> {
                    for (String absent : List.of("never", "a", "a/", "a/b/c", "a/c", "x/y/z")) {
                        harness.store().delete(ObjectKey.of(absent), Precondition.none());
                    }
                })
                .doesNotThrowAnyException();
        assertThat(Listings.names(harness.store())).containsExactly("a/b");
    }

    @Test
    default void writesAgainWhereItDeleted(StoreHarness harness) {
        for (int i = 0; i < 3; i++) {
            Bytes.write(harness.store(), "dir/again", "round " + i);
            assertThat(Bytes.text(harness.store(), "dir/again")).isEqualTo("round " + i);
            harness.store().delete(ObjectKey.of("dir/again"), Precondition.none());
            assertThat(Listings.keys(harness.store())).isEmpty();
        }
        Bytes.write(harness.store(), "dir", "where the parent was");
        assertThat(Listings.names(harness.store())).containsExactly("dir");
    }

    @Test
    default void isSeenByOtherClientsOnceDeleted(StoreHarness harness) {
        Bytes.write(harness.store(), "a", "text");
        try (ObjectStore other = harness.another()) {
            assertThat(other.head(ObjectKey.of("a"))).isPresent();
            harness.store().delete(ObjectKey.of("a"), Precondition.none());
            assertThat(other.head(ObjectKey.of("a"))).isEmpty();
        }
    }

    @Test
    default void deletesFromManyThreadsWhileOthersWriteBeside(StoreHarness harness) throws Exception {
        List<ObjectKey> doomed = IntStream.range(0, 32)
                .mapToObj(i -> ObjectKey.of("d" + i % 4 + "/old" + i))
                .toList();
        Samples.put(harness, doomed);

        List<Outcome<Boolean>> outcomes = Race.run(64, i -> {
            if (i < 32) {
                harness.store().delete(doomed.get(i), Precondition.none());
            } else {
                Bytes.write(harness.store(), "d" + i % 4 + "/new" + i, "text");
            }
            return true;
        });

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.failure()).isEmpty());
        assertThat(Listings.names(harness.store())).hasSize(32).allMatch(name -> name.contains("/new"));
    }
}
