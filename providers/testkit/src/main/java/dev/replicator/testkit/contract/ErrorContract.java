package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StoreException;
import dev.replicator.store.Tags;
import dev.replicator.store.Version;
import dev.replicator.store.WriteOptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Failures: of our kinds, saying what, where and on which key, and showing no secret. */
public interface ErrorContract extends StoreContract {
    ObjectKey NOWHERE = ObjectKey.of("dir/nowhere");

    @Test
    default void takesAMissingKeyAsAbsentOrNotFound(StoreHarness harness) {
        ObjectStore store = harness.store();

        assertThat(store.head(NOWHERE)).isEmpty();
        assertThatThrownBy(() -> Bytes.read(store, unseen(NOWHERE))).isInstanceOf(ObjectNotFoundException.class);
        store.role(Tags.class)
                .ifPresent(tags ->
                        assertThatThrownBy(() -> tags.tags(NOWHERE)).isInstanceOf(ObjectNotFoundException.class));
    }

    private static ObjectMeta unseen(ObjectKey key) {
        return new ObjectMeta(key, 3, Instant.EPOCH, new Version("0-unseen"));
    }

    /** A head may be silent: S3's answer to a HEAD has no body to tell a missing bucket from a missing key. */
    @Test
    default void saysThatABucketIsMissing(StoreHarness harness) {
        try (ObjectStore missing = harness.missing()) {
            assertThat(Outcome.of(() -> missing.head(NOWHERE)).value().orElse(Optional.empty()))
                    .isEmpty();
            assertThatThrownBy(() -> Bytes.read(missing, unseen(NOWHERE))).isInstanceOf(BucketNotFoundException.class);
            assertThatThrownBy(() -> Bytes.write(missing, NOWHERE, Bytes.utf8("text")))
                    .isInstanceOf(BucketNotFoundException.class);
            assertThatThrownBy(() -> missing.delete(NOWHERE, Precondition.none()))
                    .isInstanceOf(BucketNotFoundException.class);
            assertThatThrownBy(() -> Bytes.write(
                            missing, NOWHERE, Bytes.random((int) harness.sizes().multipartUpload() + 1, 1)))
                    .isInstanceOf(BucketNotFoundException.class);
            if (missing.copiesFrom(harness.neighbour().bucket())) {
                ObjectMeta source = Bytes.write(harness.neighbour(), NOWHERE, Bytes.utf8("text"));
                assertThatThrownBy(() -> missing.copyFrom(
                                harness.neighbour().bucket(), source, NOWHERE, WriteOptions.of(Precondition.none())))
                        .isInstanceOf(BucketNotFoundException.class);
            }
        }
    }

    @Test
    default void namesVerbBucketAndKeyInEveryMessage(StoreHarness harness) {
        ObjectStore store = harness.store();
        assertNames(harness, store, "(?i).*\\b(read|get|open|download).*", () -> Bytes.read(store, unseen(NOWHERE)));
        try (ObjectStore missing = harness.missing();
                Listing listing = missing.list(ListRequest.everything())) {
            assertNames(
                    harness,
                    missing,
                    "(?i).*\\b(writ|put|upload|creat).*",
                    () -> Bytes.write(missing, NOWHERE, Bytes.utf8("text")));
            assertNames(harness, missing, "(?i).*\\b(delet|remov).*", () -> {
                missing.delete(NOWHERE, Precondition.none());
                return true;
            });
            Throwable unlisted = failure(listing::next);
            assertThat(Failures.message(unlisted))
                    .contains(missing.bucket().bucket())
                    .matches(Pattern.compile("(?is).*\\blist.*"));
            assertShowsNoSecret(harness, unlisted);
        }
    }

    private static void assertNames(StoreHarness harness, ObjectStore store, String verb, Outcome.Call<?> call) {
        Throwable failure = failure(call);
        assertThat(failure).isInstanceOf(StoreException.class);
        assertThat(Failures.message(failure))
                .contains(store.bucket().bucket())
                .contains(NOWHERE.text())
                .matches(Pattern.compile(verb, Pattern.DOTALL));
        assertShowsNoSecret(harness, failure);
    }

    private static Throwable failure(Outcome.Call<?> call) {
        return Outcome.of(call).failure().orElseThrow(() -> new AssertionError("the call should have failed"));
    }

    private static void assertShowsNoSecret(StoreHarness harness, Throwable failure) {
        String everything = Failures.everything(failure);
        assertThat(harness.secrets()).noneMatch(everything::contains);
    }

    @Test
    default void showsHostileKeysHarmlesslyInMessages(StoreHarness harness) {
        for (String hostile : List.of("a\u001B[31mred", "b\r\nINFO forged", "c\u202Egnp.exe", "d\u2028e", "f\u0085g")) {
            Throwable failure = failure(() -> Bytes.read(harness.store(), unseen(ObjectKey.of(hostile))));

            assertThat(failure).isInstanceOf(StoreException.class);
            assertThat(Failures.message(failure)).doesNotContain(hostile.substring(1, 2));
        }
    }

    @Test
    default void leavesOtherObjectsAloneWhenACallFails(StoreHarness harness) {
        Bytes.write(harness.store(), "dir/here", "text");

        failure(() -> Bytes.read(harness.store(), unseen(NOWHERE)));
        failure(() -> harness.store()
                .write(NOWHERE, TrackedBody.announcing(10, new byte[5]), WriteOptions.of(Precondition.none())));

        assertThat(Listings.names(harness.store())).containsExactly("dir/here");
        assertThat(Bytes.text(harness.store(), "dir/here")).isEqualTo("text");
    }
}
