package dev.replicator.s3;

import static dev.replicator.s3.FakeBucket.BUCKET;
import static dev.replicator.s3.FakeBucket.MIB;
import static dev.replicator.testkit.s3.model.S3Operation.ABORT_MULTIPART_UPLOAD;
import static dev.replicator.testkit.s3.model.S3Operation.COMPLETE_MULTIPART_UPLOAD;
import static dev.replicator.testkit.s3.model.S3Operation.DELETE_OBJECT;
import static dev.replicator.testkit.s3.model.S3Operation.PUT_OBJECT;
import static dev.replicator.testkit.s3.model.S3Operation.UPLOAD_PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.execute.MutationGuard;
import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.wrap.RetryBudget;
import dev.replicator.store.wrap.StoreStack;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.model.S3Operation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The guard is asked before each attempt of each request that changes a bucket; its no ends the matter at once. */
class GuardedWritesTest {
    private static final ObjectKey KEY = ObjectKey.of("key");
    private static final WriteOptions NEW = WriteOptions.of(Precondition.none());
    private static final RetrySettings LONG_WAITS =
            new RetrySettings(6, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMinutes(1));

    private final FakeBucket photos = new FakeBucket();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void close() {
        photos.close();
    }

    private ObjectStore stacked(Runnable guard) {
        RequestMeter meter = new RequestMeter(() -> {
            asked.incrementAndGet();
            guard.run();
        });
        ObjectStore store = photos.open(UnaryOperator.identity(), meter);
        return new StoreStack(LONG_WAITS, RetryBudget.ofRun(), 8, 0, System::nanoTime)
                .destination(store, KeyPrefix.of("p/"));
    }

    private Runnable noAfter(S3Operation operation, int requests) {
        return () -> {
            if (photos.fake.log().count(operation) >= requests) {
                throw new MutationGuard.NotAllowedException("the lease is lost");
            }
        };
    }

    @Test
    void everyAttemptIsAskedFor() {
        photos.fake.faults().on(PUT_OBJECT).times(2).inject(Fault.slowDown());

        try (ObjectStore store = stacked(() -> {})) {
            store.write(KEY, ByteArrayBody.of(new byte[10]), NEW);
        }

        assertThat(photos.fake.log().count(PUT_OBJECT)).isEqualTo(3);
        assertThat(asked).hasValue(3);
    }

    @Test
    void aRightLostBetweenTwoAttemptsEndsThemAtOnce() {
        photos.fake.faults().on(PUT_OBJECT, DELETE_OBJECT).inject(Fault.slowDown());

        try (ObjectStore store = stacked(noAfter(PUT_OBJECT, 1))) {
            assertThatThrownBy(() -> store.write(KEY, ByteArrayBody.of(new byte[10]), NEW))
                    .hasStackTraceContaining("the lease is lost");
            assertThat(asked).as("asked twice, not once more for each retry").hasValue(2);

            assertThatThrownBy(() -> store.delete(KEY, Precondition.none()))
                    .hasStackTraceContaining("the lease is lost");
        }

        assertThat(photos.fake.log().count(PUT_OBJECT)).isEqualTo(1);
        assertThat(photos.fake.log().count(DELETE_OBJECT)).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = S3Operation.class,
            names = {"CREATE_MULTIPART_UPLOAD", "UPLOAD_PART", "COMPLETE_MULTIPART_UPLOAD"})
    void aRightLostInTheMiddleOfALargeObjectSendsNothingMore(S3Operation failing) {
        photos.fake.faults().on(failing).inject(Fault.slowDown());

        try (ObjectStore store = stacked(noAfter(failing, 1))) {
            assertThatThrownBy(() -> store.write(KEY, ByteArrayBody.of(new byte[3 * MIB]), NEW))
                    .hasStackTraceContaining("the lease is lost");
        }

        assertThat(photos.fake.log().count(failing)).isLessThanOrEqualTo(failing == UPLOAD_PART ? 3 : 1);
        assertThat(photos.fake.log().count(COMPLETE_MULTIPART_UPLOAD))
                .isEqualTo(failing == COMPLETE_MULTIPART_UPLOAD ? 1 : 0);
        assertThat(photos.fake.log().count(ABORT_MULTIPART_UPLOAD)).isZero();
        assertThat(photos.fake.find(BUCKET, "p/key")).isEmpty();
    }
}
