package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.Capability;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.ListRequest;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.Version;
import dev.replicator.store.WriteOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Preconditions. A declared one that does not hold makes the call fail with stale and change nothing. One that is not
 * declared is either ignored, or refused with stale or as an invalid request: never half obeyed.
 */
public interface PreconditionContract extends StoreContract {
    ObjectKey GUARDED = ObjectKey.of("dir/guarded");
    int WRITERS = 16;
    int ROUNDS = 20;

    @Test
    default void createsOnlyWhatIsAbsent(StoreHarness harness) {
        write(harness, "first", Precondition.absent());
        assertThat(Bytes.text(harness.store(), GUARDED.text())).isEqualTo("first");

        assertGuards(
                harness, Capability.CREATE_ONLY_WRITE, "second", () -> write(harness, "second", Precondition.absent()));
        harness.store().delete(GUARDED, Precondition.none());
        write(harness, "third", Precondition.absent());
        assertThat(Bytes.text(harness.store(), GUARDED.text())).isEqualTo("third");
    }

    @Test
    default void createsLargeObjectsOnlyWhereAbsent(StoreHarness harness) {
        byte[] large = Bytes.random((int) harness.sizes().multipartUpload() + 1, 1);
        Bytes.write(harness.store(), GUARDED, Bytes.utf8("first"));

        Outcome<ObjectMeta> write = Outcome.of(() ->
                harness.store().write(GUARDED, TrackedBody.honest(large), WriteOptions.of(Precondition.absent())));

        if (harness.capabilities().contains(Capability.CREATE_ONLY_WRITE)) {
            assertThat(write.failure()).containsInstanceOf(StaleObjectException.class);
        }
        assertThat(Bytes.read(harness.store(), GUARDED)).isEqualTo(write.succeeded() ? large : Bytes.utf8("first"));
    }

    @Test
    default void overwritesOnlyTheVersionSeen(StoreHarness harness) {
        ObjectMeta first = write(harness, "first", Precondition.none());
        ObjectMeta second = write(harness, "second", Precondition.unchanged(first.version()));
        assertThat(Bytes.text(harness.store(), GUARDED.text())).isEqualTo("second");

        assertGuards(
                harness,
                Capability.CONDITIONAL_WRITE,
                "third",
                () -> write(harness, "third", Precondition.unchanged(first.version())));
        ObjectMeta now = Bytes.head(harness.store(), GUARDED);
        write(harness, "fourth", Precondition.unchanged(now.version()));
        assertThat(Bytes.text(harness.store(), GUARDED.text())).isEqualTo("fourth");
        assertThat(second.version()).isNotEqualTo(first.version());
    }

    @Test
    default void doesNotOverwriteWhatVanished(StoreHarness harness) {
        Version version = write(harness, "first", Precondition.none()).version();
        harness.remove(GUARDED);

        Outcome<ObjectMeta> write = Outcome.of(() -> write(harness, "second", Precondition.unchanged(version)));

        if (harness.capabilities().contains(Capability.CONDITIONAL_WRITE)) {
            assertThat(write.failure()).containsInstanceOf(StaleObjectException.class);
        }
        assertThat(harness.store().head(GUARDED).isPresent()).isEqualTo(write.succeeded());
    }

    @Test
    default void takesTheVersionOfAListingAsAPrecondition(StoreHarness harness) {
        write(harness, "first", Precondition.none());
        ObjectMeta listed =
                Listings.entries(harness.store(), ListRequest.everything()).get(0);

        write(harness, "second", Precondition.unchanged(listed.version()));

        assertThat(Bytes.text(harness.store(), GUARDED.text())).isEqualTo("second");
    }

    @Test
    default void copiesOnlyToWhatIsAbsent(StoreHarness harness) {
        if (assertNoCopies(harness)) {
            return;
        }
        copy(harness, "first", Precondition.absent());
        assertThat(Bytes.text(harness.store(), GUARDED.text())).isEqualTo("first");

        assertGuards(
                harness, Capability.CREATE_ONLY_COPY, "second", () -> copy(harness, "second", Precondition.absent()));
    }

    @Test
    default void copiesOnlyOverTheVersionSeen(StoreHarness harness) {
        if (assertNoCopies(harness)) {
            return;
        }
        ObjectMeta first = copy(harness, "first", Precondition.none());
        copy(harness, "second", Precondition.unchanged(first.version()));
        assertThat(Bytes.text(harness.store(), GUARDED.text())).isEqualTo("second");

        assertGuards(
                harness,
                Capability.CONDITIONAL_COPY,
                "third",
                () -> copy(harness, "third", Precondition.unchanged(first.version())));
        harness.store().delete(GUARDED, Precondition.none());
        Outcome<ObjectMeta> gone = Outcome.of(() -> copy(harness, "fourth", Precondition.unchanged(first.version())));
        assertThat(harness.store().head(GUARDED).isPresent()).isEqualTo(gone.succeeded());
        if (harness.capabilities().contains(Capability.CONDITIONAL_COPY)) {
            assertThat(gone.failure()).containsInstanceOf(StaleObjectException.class);
        }
    }

    /** Whether the store declares no copies; then no precondition of copies may be declared. */
    private static boolean assertNoCopies(StoreHarness harness) {
        if (harness.capabilities().contains(Capability.SERVER_SIDE_COPY)) {
            return false;
        }
        assertThat(harness.store().capabilities())
                .doesNotContain(Capability.CREATE_ONLY_COPY, Capability.CONDITIONAL_COPY);
        return true;
    }

    @Test
    default void deletesOnlyTheVersionSeen(StoreHarness harness) {
        ObjectStore store = harness.store();
        Version first = write(harness, "first", Precondition.none()).version();
        Version second = write(harness, "second", Precondition.none()).version();

        Outcome<Boolean> stale = Outcome.ofDeed(() -> store.delete(GUARDED, Precondition.unchanged(first)));
        assertThat(store.head(GUARDED).isEmpty()).isEqualTo(stale.succeeded());
        if (harness.capabilities().contains(Capability.CONDITIONAL_DELETE)) {
            assertThat(stale.failure()).containsInstanceOf(StaleObjectException.class);
            assertThat(Bytes.text(store, GUARDED.text())).isEqualTo("second");
            store.delete(GUARDED, Precondition.unchanged(second));
            assertThat(store.head(GUARDED)).isEmpty();
            Outcome<Boolean> again = Outcome.ofDeed(() -> store.delete(GUARDED, Precondition.unchanged(second)));
            assertThat(again.failure()).containsInstanceOf(StaleObjectException.class);
        }
    }

    @Test
    default void letsOneOfManyRacingCreatorsWin(StoreHarness harness) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ObjectKey key = ObjectKey.of("race/" + round);
            List<Outcome<String>> outcomes =
                    Race.run(WRITERS, writer -> create(harness.store(), key, "writer " + writer));

            List<String> winners = outcomes.stream()
                    .flatMap(outcome -> outcome.value().stream())
                    .toList();
            assertThat(outcomes)
                    .filteredOn(outcome -> !outcome.succeeded())
                    .allSatisfy(loser -> assertThat(loser.failure().orElseThrow())
                            .isInstanceOfAny(StaleObjectException.class, InvalidRequestException.class));
            assertThat(winners).contains(Bytes.text(harness.store(), key.text()));
            if (harness.capabilities().contains(Capability.CREATE_ONLY_WRITE)) {
                assertThat(winners).as("winners of round %d", round).hasSize(1);
            }
        }
    }

    /** A write that met another in flight (a conflict) is tried again, as the retry layer would. */
    private static String create(ObjectStore store, ObjectKey key, String text) {
        for (int attempt = 1; ; attempt++) {
            try {
                store.write(key, Bytes.body(text), WriteOptions.of(Precondition.absent()));
                return text;
            } catch (TransientStoreException e) {
                if (e.trouble() != TransientStoreException.Trouble.CONFLICT || attempt == 20) {
                    throw e;
                }
            }
        }
    }

    private static ObjectMeta write(StoreHarness harness, String text, Precondition precondition) {
        return harness.store().write(GUARDED, Bytes.body(text), WriteOptions.of(precondition));
    }

    private static ObjectMeta copy(StoreHarness harness, String text, Precondition precondition) {
        ObjectMeta source = Bytes.write(harness.neighbour(), "source", text);
        return harness.store().copyFrom(harness.neighbour().bucket(), source, GUARDED, WriteOptions.of(precondition));
    }

    /** A deed whose precondition is broken: fails stale if declared; else it happens wholly or not at all. */
    private static void assertGuards(
            StoreHarness harness, Capability capability, String intended, Outcome.Call<ObjectMeta> deed) {
        String before = Bytes.text(harness.store(), GUARDED.text());
        Outcome<ObjectMeta> outcome = Outcome.of(deed);
        if (harness.capabilities().contains(capability)) {
            assertThat(outcome.failure()).containsInstanceOf(StaleObjectException.class);
        } else if (!outcome.succeeded()) {
            assertThat(outcome.failure().orElseThrow())
                    .isInstanceOfAny(StaleObjectException.class, InvalidRequestException.class);
        }
        assertThat(Bytes.text(harness.store(), GUARDED.text())).isEqualTo(outcome.succeeded() ? intended : before);
    }
}
