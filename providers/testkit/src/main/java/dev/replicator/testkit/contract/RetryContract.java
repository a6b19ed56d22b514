package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.Capability;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.ListRequest;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.Tags;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.wrap.Retries;
import dev.replicator.store.wrap.RetryBudget;
import dev.replicator.store.wrap.RetryingObjectStore;
import dev.replicator.testkit.FaultyStore;
import dev.replicator.testkit.StoreOperation;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The store under the retry layer: what fails for a moment succeeds in the end, once and with the right bytes. */
public interface RetryContract extends StoreContract {
    ObjectKey TRIED = ObjectKey.of("dir/tried");
    int ATTEMPTS = 4;

    private static ObjectStore retrying(FaultyStore faulty) {
        RetrySettings quick =
                new RetrySettings(ATTEMPTS, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMinutes(1));
        return new RetryingObjectStore(
                faulty, new Retries("contract", quick, new RetryBudget(1_000, 100), System::nanoTime));
    }

    @Test
    default void repeatsEveryCallThatFailsForAMoment(StoreHarness harness) {
        FaultyStore faulty = new FaultyStore(harness.store());
        ObjectStore store = retrying(faulty);
        for (StoreOperation operation : StoreOperation.values()) {
            faulty.on(operation).first(ATTEMPTS - 1).failsTransiently();
        }

        ObjectMeta written = Bytes.write(store, TRIED, Bytes.utf8("text"));
        assertThat(Bytes.head(store, TRIED).version()).isEqualTo(written.version());
        assertThat(Bytes.text(store, TRIED.text())).isEqualTo("text");
        assertThat(Listings.keys(store)).containsExactly(TRIED);
        store.role(Tags.class).ifPresent(tags -> assertThat(tags.tags(TRIED)).isEmpty());
        if (harness.capabilities().contains(Capability.SERVER_SIDE_COPY)) {
            ObjectMeta source = Bytes.write(harness.neighbour(), "source", "copied");
            store.copyFrom(harness.neighbour().bucket(), source, TRIED, WriteOptions.of(Precondition.none()));
            assertThat(Bytes.text(store, TRIED.text())).isEqualTo("copied");
        }
        store.delete(TRIED, Precondition.none());
        assertThat(Listings.keys(store)).isEmpty();
    }

    @Test
    default void givesUpAfterTheLastAttempt(StoreHarness harness) {
        FaultyStore faulty = new FaultyStore(harness.store());
        faulty.on(StoreOperation.WRITE).failsTransiently();

        assertThatThrownBy(() -> Bytes.write(retrying(faulty), TRIED, Bytes.utf8("text")))
                .isInstanceOf(TransientStoreException.class);

        assertThat(faulty.calls(StoreOperation.WRITE)).hasSize(ATTEMPTS);
        assertThat(harness.store().head(TRIED)).isEmpty();
    }

    @Test
    default void repeatsNothingThatFailedForGood(StoreHarness harness) {
        FaultyStore faulty = new FaultyStore(harness.store());
        faulty.on(StoreOperation.WRITE).isDenied().on(StoreOperation.DELETE).failsStale();
        ObjectStore store = retrying(faulty);

        assertThatThrownBy(() -> Bytes.write(store, TRIED, Bytes.utf8("text")))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> store.delete(TRIED, Precondition.none())).isInstanceOf(StaleObjectException.class);

        assertThat(faulty.mutations()).hasSize(2);
    }

    @Test
    default void goesOnWithAListingWhereAPageFailed(StoreHarness harness) {
        List<ObjectKey> keys = IntStream.range(0, 25)
                .mapToObj(i -> ObjectKey.of(String.format("d%d/k%02d", i / 7, i)))
                .toList();
        Samples.put(harness, keys);
        FaultyStore faulty = new FaultyStore(harness.store());
        faulty.on(StoreOperation.LIST_PAGE).every(3).failsTransiently();
        faulty.on(StoreOperation.LIST_PAGE).every(4).losesItsAnswer();

        assertThat(Listings.keys(retrying(faulty), ListRequest.everything().paged(4)))
                .isEqualTo(keys);
    }

    @Test
    default void goesOnWithABodyWhereItBroke(StoreHarness harness) throws IOException {
        byte[] bytes = Bytes.random(50_000, 2);
        harness.put(TRIED, bytes, ObjectMetadata.NONE);
        FaultyStore faulty = new FaultyStore(harness.store());
        faulty.on(StoreOperation.READ).nth(1).breaksAfter(0);
        faulty.on(StoreOperation.READ).nth(2).breaksAfter(20_000);
        faulty.on(StoreOperation.READ).nth(3).breaksAfter(29_999);
        ObjectStore store = retrying(faulty);

        assertThat(Bytes.read(store, Bytes.head(store, TRIED))).isEqualTo(bytes);
        assertThat(faulty.calls(StoreOperation.READ)).hasSize(4);
    }

    @Test
    default void doesNotGoOnWithABodyOfAnotherVersion(StoreHarness harness) throws IOException {
        byte[] old = Bytes.random(50_000, 3);
        byte[] fresh = Bytes.random(50_000, 4);
        harness.put(TRIED, old, ObjectMetadata.NONE);
        FaultyStore faulty = new FaultyStore(harness.store());
        faulty.on(StoreOperation.READ).nth(1).breaksAfter(20_000);
        faulty.on(StoreOperation.READ).nth(2).runsBefore(() -> harness.put(TRIED, fresh, ObjectMetadata.NONE));
        ObjectStore store = retrying(faulty);

        try (ObjectBody body = store.read(Bytes.head(store, TRIED));
                InputStream stream = body.open()) {
            assertThat(stream.readNBytes(20_000)).isEqualTo(Arrays.copyOf(old, 20_000));
            Outcome<byte[]> rest = Outcome.of(stream::readAllBytes);
            if (harness.capabilities().contains(Capability.PINNED_READ)) {
                assertThat(rest.failure()).containsInstanceOf(StaleObjectException.class);
            } else {
                assertThat(rest.value().map(read -> read.length).orElse(30_000)).isEqualTo(30_000);
            }
        }
    }

    @Test
    default void recognisesItsOwnWriteWhenTheAnswerWasLost(StoreHarness harness) {
        FaultyStore faulty = new FaultyStore(harness.store());
        faulty.on(StoreOperation.WRITE).nth(1).losesItsAnswer();
        WriteOptions create = WriteOptions.of(Precondition.absent()).withOperation("op-1");

        Outcome<ObjectMeta> write = Outcome.of(() -> retrying(faulty).write(TRIED, Bytes.body("ours"), create));

        assertSettled(harness, write, Capability.CREATE_ONLY_WRITE, Set.of(Capability.METADATA), "ours");
    }

    @Test
    default void recognisesItsOwnOverwriteWhenTheAnswerWasLost(StoreHarness harness) {
        ObjectMeta seen = Bytes.write(harness.store(), TRIED, Bytes.utf8("before"));
        FaultyStore faulty = new FaultyStore(harness.store());
        faulty.on(StoreOperation.WRITE).nth(1).losesItsAnswer();
        WriteOptions overwrite = WriteOptions.of(Precondition.unchanged(seen)).withOperation("op-2");

        Outcome<ObjectMeta> write = Outcome.of(() -> retrying(faulty).write(TRIED, Bytes.body("ours"), overwrite));

        assertSettled(harness, write, Capability.CONDITIONAL_WRITE, Set.of(Capability.METADATA), "ours");
    }

    @Test
    default void recognisesItsOwnCopyWhenTheAnswerWasLost(StoreHarness harness) {
        Set<Capability> declared = harness.capabilities();
        if (!declared.contains(Capability.SERVER_SIDE_COPY)) {
            assertThat(harness.store().copiesFrom(harness.neighbour().bucket())).isFalse();
            return;
        }
        ObjectMeta source = Bytes.write(harness.neighbour(), TRIED, Bytes.utf8("ours"));
        FaultyStore faulty = new FaultyStore(harness.store());
        faulty.on(StoreOperation.COPY).nth(1).losesItsAnswer();

        Outcome<ObjectMeta> copy = Outcome.of(() -> retrying(faulty)
                .copyFrom(harness.neighbour().bucket(), source, TRIED, WriteOptions.of(Precondition.absent())));

        assertSettled(harness, copy, Capability.CREATE_ONLY_COPY, Set.of(Capability.ETAGS), "ours");
    }

    /** With the means to recognise it the write is ours; without them it is called stale and stays. Never is it undone. */
    private static void assertSettled(
            StoreHarness harness,
            Outcome<ObjectMeta> outcome,
            Capability guard,
            Set<Capability> means,
            String intended) {
        if (!harness.capabilities().contains(guard) || harness.capabilities().containsAll(means)) {
            assertThat(outcome.failure()).isEmpty();
            assertThat(outcome.value().map(ObjectMeta::version))
                    .contains(Bytes.head(harness.store(), TRIED).version());
        } else if (!outcome.succeeded()) {
            assertThat(outcome.failure()).containsInstanceOf(StaleObjectException.class);
        }
        assertThat(Bytes.text(harness.store(), TRIED.text())).isEqualTo(intended);
    }

    @Test
    default void takesNobodyElsesWriteForItsOwn(StoreHarness harness) {
        FaultyStore faulty = new FaultyStore(harness.store());
        faulty.on(StoreOperation.WRITE).nth(1).fails(() -> {
            harness.put(TRIED, Bytes.utf8("theirs"), ObjectMetadata.NONE);
            return new TransientStoreException(TransientStoreException.Trouble.NETWORK, "scripted reset");
        });
        WriteOptions create = WriteOptions.of(Precondition.absent()).withOperation("op-3");

        Outcome<ObjectMeta> write = Outcome.of(() -> retrying(faulty).write(TRIED, Bytes.body("ours"), create));

        if (harness.capabilities().contains(Capability.CREATE_ONLY_WRITE)) {
            assertThat(write.failure()).containsInstanceOf(StaleObjectException.class);
        }
        assertThat(Bytes.text(harness.store(), TRIED.text())).isEqualTo(write.succeeded() ? "ours" : "theirs");
    }

    /** The answer was lost, and what the service made is not what it was sent: that it is ours does not make it right. */
    @Test
    default void removesItsOwnWriteOfWrongBytesWhenTheAnswerWasLost(StoreHarness harness) {
        Assumptions.assumeTrue(
                harness.capabilities().containsAll(Set.of(Capability.METADATA, Capability.CREATE_ONLY_WRITE)),
                "a lost write is not recognised");
        for (String wrong : List.of("ovrs", "our", "ours and more", "")) {
            FaultyStore faulty = new FaultyStore(harness.store());
            faulty.on(StoreOperation.WRITE).nth(1).fails(() -> {
                ObjectMetadata ours = ObjectMetadata.NONE.withUser(ObjectMetadata.OPERATION, "op-4");
                harness.put(TRIED, Bytes.utf8(wrong), ours);
                return new TransientStoreException(TransientStoreException.Trouble.NETWORK, "scripted reset");
            });
            WriteOptions create = WriteOptions.of(Precondition.absent()).withOperation("op-4");

            Outcome<ObjectMeta> write = Outcome.of(() -> retrying(faulty).write(TRIED, Bytes.body("ours"), create));

            assertThat(write.failure()).as(wrong).containsInstanceOf(CorruptObjectException.class);
            assertThat(harness.store().head(TRIED)).as(wrong).isEmpty();
        }
    }

    /** Others described it anew before the copy was repeated: that its content is the source's makes it no copy of ours. */
    @Test
    default void takesNothingThatOthersDescribedForItsOwnCopy(StoreHarness harness) {
        Bytes.write(harness.store(), TRIED, Bytes.utf8("same"));
        ObjectMeta seen = Bytes.head(harness.store(), TRIED);
        boolean applies = harness.capabilities().contains(Capability.CONDITIONAL_COPY)
                && updatesMetadata(harness)
                && seen.metageneration() != 0;
        Assumptions.assumeTrue(applies, "states of metadata are not numbered");
        ObjectMeta source = Bytes.write(harness.neighbour(), TRIED, Bytes.utf8("same"));
        FaultyStore faulty = new FaultyStore(harness.store());
        faulty.on(StoreOperation.COPY).nth(1).fails(() -> {
            updated(harness, new FaultyStore(harness.store()));
            return new TransientStoreException(TransientStoreException.Trouble.NETWORK, "scripted reset");
        });

        Outcome<ObjectMeta> copy = Outcome.of(() -> retrying(faulty)
                .copyFrom(harness.neighbour().bucket(), source, TRIED, WriteOptions.of(Precondition.unchanged(seen))));

        assertThat(copy.failure()).containsInstanceOf(StaleObjectException.class);
        assertThat(Bytes.head(harness.store(), TRIED).metadata().orElseThrow().user())
                .containsEntry("visibility", "private");
    }

    private static ObjectMeta updated(StoreHarness harness, FaultyStore faulty) {
        ObjectMeta seen = harness.store().head(TRIED).orElseThrow();
        return retrying(faulty)
                .role(MetadataUpdate.class)
                .orElseThrow()
                .update(
                        seen,
                        ObjectMetadata.NONE.withUser("visibility", "private"),
                        Precondition.unchanged(seen.version()));
    }

    private static boolean updatesMetadata(StoreHarness harness) {
        return harness.capabilities().contains(Capability.METADATA)
                && harness.store().role(MetadataUpdate.class).isPresent();
    }

    @Test
    default void recognisesItsOwnChangeOfMetadataWhenTheAnswerWasLost(StoreHarness harness) {
        Assumptions.assumeTrue(updatesMetadata(harness), "metadata is not changed in place");
        Bytes.write(harness.store(), TRIED, Bytes.utf8("ours"));
        FaultyStore faulty = new FaultyStore(harness.store());
        faulty.on(StoreOperation.UPDATE).nth(1).losesItsAnswer();

        ObjectMeta now = updated(harness, faulty);

        assertThat(now.version()).isEqualTo(Bytes.head(harness.store(), TRIED).version());
        assertThat(Bytes.head(harness.store(), TRIED).metadata().orElseThrow().user())
                .containsEntry("visibility", "private");
    }

    /** Somebody replaced the object, by one of the same size that happens to be described alike. */
    @Test
    default void takesNobodyElsesObjectForTheOneThatItDescribed(StoreHarness harness) {
        Assumptions.assumeTrue(updatesMetadata(harness), "metadata is not changed in place");
        Bytes.write(harness.store(), TRIED, Bytes.utf8("ours"));
        FaultyStore faulty = new FaultyStore(harness.store());
        faulty.on(StoreOperation.UPDATE).nth(1).fails(() -> {
            harness.put(TRIED, Bytes.utf8("them"), ObjectMetadata.NONE.withUser("visibility", "private"));
            return new TransientStoreException(TransientStoreException.Trouble.NETWORK, "scripted reset");
        });

        Outcome<ObjectMeta> update = Outcome.of(() -> updated(harness, faulty));

        if (harness.capabilities().contains(Capability.CONDITIONAL_COPY)) {
            assertThat(update.failure()).containsInstanceOf(StaleObjectException.class);
        }
        assertThat(Bytes.text(harness.store(), TRIED.text())).isEqualTo("them");
    }

    @Test
    default void recognisesItsOwnDeleteWhenTheAnswerWasLost(StoreHarness harness) {
        ObjectMeta seen = Bytes.write(harness.store(), TRIED, Bytes.utf8("doomed"));
        FaultyStore faulty = new FaultyStore(harness.store());
        faulty.on(StoreOperation.DELETE).nth(1).losesItsAnswer();

        retrying(faulty).delete(TRIED, Precondition.unchanged(seen));

        assertThat(harness.store().head(TRIED)).isEmpty();
    }
}
