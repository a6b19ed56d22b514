package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.execute.ActionResult.FailureCause;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.WriteOptions;
import dev.replicator.testkit.StoreOperation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that break, end early or run over: whole bytes arrive, or nothing does. */
class BrokenStreamTest {
    private static final String CONTENT = "0123456789";

    private final World world = World.streaming();

    BrokenStreamTest() {
        world.put(world.dev, "a", CONTENT);
    }

    static IntStream everyByte() {
        return IntStream.rangeClosed(0, CONTENT.length());
    }

    private String arrived() {
        return world.prod.get("a").map(object -> object.text()).orElse("(absent)");
    }

    /** The first read brings the metadata and the first stream. */
    private static final int FIRST_STREAM = 2;

    @ParameterizedTest
    @MethodSource("everyByte")
    void aBrokenConnectionIsResumedBehindTheLastByte(int k) {
        world.source.fails(store ->
                store.on(StoreOperation.READ).key("a").nth(FIRST_STREAM).breaksAfter(k));

        RunReport report = world.run(World.job());

        assertThat(arrived()).isEqualTo(CONTENT);
        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(world.destination.calls(StoreOperation.WRITE)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("everyByte")
    void aStreamThatEndsEarlyIsResumedToo(int k) {
        world.source.fails(store ->
                store.on(StoreOperation.READ).key("a").nth(FIRST_STREAM).endsAfter(k));

        RunReport report = world.run(World.job());

        assertThat(arrived()).isEqualTo(CONTENT);
        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(world.destination.calls(StoreOperation.WRITE)).hasSize(1);
    }

    @Test
    void aStreamThatBreaksAgainAndAgainMakesProgressByRanges() {
        world.source.fails(store -> store.on(StoreOperation.READ).key("a").breaksAfter(3));

        RunReport report = world.run(World.job());

        assertThat(arrived()).isEqualTo(CONTENT);
        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void aStreamThatNeverGivesAByteIsAFailure() {
        world.source.fails(store -> store.on(StoreOperation.READ).key("a").endsAfter(0));

        assertFailed(world.run(World.job()), FailureCause.NETWORK, FailureCause.CORRUPT);
    }

    @Test
    void aStreamThatRunsOverIsAFailure() {
        world.source.wrapped(store -> new Source(store, "and more"));

        assertFailed(world.run(World.job()), FailureCause.CORRUPT);
    }

    /** A client that calls whatever came a success, as one popular HTTP client does. */
    @ParameterizedTest
    @MethodSource("everyByte")
    void aDestinationThatDoesntCountIsGivenNoShortBody(int k) {
        world.source.fails(store -> store.on(StoreOperation.READ).key("a").endsAfter(k));
        world.destination.wrapped(Credulous::new);

        RunReport report = world.run(World.job());

        assertThat(arrived()).isIn(CONTENT, "(absent)");
        assertThat(report.outcome().isSuccess()).isEqualTo(arrived().equals(CONTENT));
    }

    @Test
    void aDestinationThatDoesntCountIsGivenNoLongBody() {
        world.source.wrapped(store -> new Source(store, "and more"));
        world.destination.wrapped(Credulous::new);

        assertFailed(world.run(World.job()), FailureCause.CORRUPT);
    }

    private void assertFailed(RunReport report, FailureCause... causes) {
        assertThat(arrived()).isEqualTo("(absent)");
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.cause()).isIn((Object[]) causes));
    }

    @Test
    void aSourceThatCantBeReadIsBlamedAndNotAskedMoreOftenForTheDestinationsSake() {
        AtomicInteger reads = new AtomicInteger();
        world.source.fails(store -> store.on(StoreOperation.READ).key("a").runsBefore(() -> {
            if (reads.incrementAndGet() >= FIRST_STREAM) {
                throw new TransientStoreException(Trouble.NETWORK, "the source is unplugged");
            }
        }));

        RunReport report = world.run(World.job());

        assertThat(reads.get() - 1).as("attempts at the stream").isEqualTo(World.QUICK.attempts());
        assertThat(world.destination.calls(StoreOperation.WRITE)).hasSize(1);
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.cause()).isEqualTo(FailureCause.NETWORK);
            assertThat(failure.message()).contains("the source is unplugged");
        });
    }

    /** Closing a broken connection often fails too; that is no reason to give up on the object. */
    @Test
    void aStreamThatCantEvenBeClosedIsResumed() {
        world.source.wrapped(Unclosable::new);

        RunReport report = world.run(World.job());

        assertThat(arrived()).isEqualTo(CONTENT);
        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    /** Takes whatever the stream gives for the object. */
    private static final class Credulous extends ForwardingStore {
        Credulous(ObjectStore delegate) {
            super(delegate);
        }

        @Override
        public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
            try (InputStream stream = body.open()) {
                return super.write(key, new ByteArrayBody(stream.readAllBytes(), body.metadata()), options);
            } catch (IOException e) {
                throw new TransientStoreException(Trouble.NETWORK, "the body broke", Optional.empty(), e);
            }
        }
    }

    /** Changes the streams of bodies. */
    private abstract static class Bodies extends ForwardingStore {
        Bodies(ObjectStore delegate) {
            super(delegate);
        }

        abstract InputStream changed(InputStream stream);

        @Override
        public ObjectBody read(ObjectMeta object) {
            ObjectBody whole = super.read(object);
            return new ObjectBody() {
                @Override
                public long size() {
                    return whole.size();
                }

                @Override
                public ObjectMetadata metadata() {
                    return whole.metadata();
                }

                @Override
                public InputStream open() {
                    return changed(whole.open());
                }

                @Override
                public InputStream open(long offset, long length) {
                    return changed(whole.open(offset, length));
                }
            };
        }
    }

    private static final class Source extends Bodies {
        private final String more;

        Source(ObjectStore delegate, String more) {
            super(delegate);
            this.more = more;
        }

        @Override
        InputStream changed(InputStream stream) {
            return new SequenceInputStream(
                    stream, new ByteArrayInputStream(more.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }

    private static final class Unclosable extends Bodies {
        private final AtomicInteger opened = new AtomicInteger();

        Unclosable(ObjectStore delegate) {
            super(delegate);
        }

        @Override
        InputStream changed(InputStream stream) {
            return opened.incrementAndGet() > 1
                    ? stream
                    : new InputStream() {
                        @Override
                        public int read() throws IOException {
                            throw new IOException("connection reset");
                        }

                        @Override
                        public void close() throws IOException {
                            throw new IOException("socket is closed");
                        }
                    };
        }
    }
}
