package dev.replicator.engine;

import dev.replicator.execute.Problem;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.InvalidRequestException.Why;
import dev.replicator.store.NoSpaceException;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.UnprovenListingException;
import dev.replicator.testkit.FaultScript;
import dev.replicator.testkit.StoreOperation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The ways in which one call can fail. */
enum Faults {
    NETWORK_ONCE(1, false, Expected.RIGHT, () -> trouble(Trouble.NETWORK)),
    SERVER_ERROR_TWICE(2, false, Expected.RIGHT, () -> trouble(Trouble.SERVER_ERROR)),
    CONFLICT_ONCE(1, false, Expected.RIGHT, () -> trouble(Trouble.CONFLICT)),
    THROTTLED_FOR_A_MOMENT(
            1,
            false,
            Expected.RIGHT,
            () -> new TransientStoreException(
                    Trouble.THROTTLED,
                    "slow down",
                    Optional.of(Duration.ofHours(1)),
                    new IllegalStateException("the client's own"))),
    LOST_ANSWER(1, true, Expected.RIGHT, () -> trouble(Trouble.NETWORK)),
    SERVER_ERROR_AFTER_THE_EFFECT(1, true, Expected.RIGHT, () -> trouble(Trouble.SERVER_ERROR)),
    NETWORK_ALWAYS(Integer.MAX_VALUE, false, Expected.FAILED, () -> trouble(Trouble.NETWORK)),
    SERVER_ERROR_ALWAYS(Integer.MAX_VALUE, false, Expected.FAILED, () -> trouble(Trouble.SERVER_ERROR)),
    THROTTLED_ALWAYS(Integer.MAX_VALUE, false, Expected.FAILED, () -> trouble(Trouble.THROTTLED)),
    CONFLICT_ALWAYS(Integer.MAX_VALUE, false, Expected.FAILED, () -> trouble(Trouble.CONFLICT)),
    DENIED(Integer.MAX_VALUE, false, Expected.FAILED, () -> new AccessDeniedException("403")),
    NOT_FOUND(Integer.MAX_VALUE, false, Expected.STALE, () -> new ObjectNotFoundException("404")),
    STALE(Integer.MAX_VALUE, false, Expected.STALE, () -> new StaleObjectException("412")),
    CORRUPT(Integer.MAX_VALUE, false, Expected.FAILED, () -> new CorruptObjectException("checksum differs")),
    UNSAFE_KEY(Integer.MAX_VALUE, false, Expected.SKIPPED, () -> invalid(Why.UNSAFE_KEY)),
    ARCHIVED(Integer.MAX_VALUE, false, Expected.SKIPPED, () -> invalid(Why.ARCHIVED)),
    TOO_LARGE(Integer.MAX_VALUE, false, Expected.SKIPPED, () -> invalid(Why.TOO_LARGE)),
    CUSTOMER_KEY(Integer.MAX_VALUE, false, Expected.SKIPPED, () -> invalid(Why.CUSTOMER_KEY)),
    INVALID(Integer.MAX_VALUE, false, Expected.FAILED, () -> invalid(Why.OTHER)),
    NO_SPACE(Integer.MAX_VALUE, false, Expected.NO_SPACE, () -> new NoSpaceException("disk full")),
    CREDENTIALS(Integer.MAX_VALUE, false, Expected.NO_ACCESS, () -> new CredentialsException("expired")),
    BUCKET_MISSING(Integer.MAX_VALUE, false, Expected.NO_ACCESS, () -> new BucketNotFoundException("no such bucket")),
    UNPROVEN(Integer.MAX_VALUE, false, Expected.FAILED, () -> new UnprovenListingException("an HTML page")),
    A_BUG(Integer.MAX_VALUE, false, Expected.FAILED, () -> new IllegalStateException("a bug in the provider"));

    /** What must become of the object, or of the run. */
    enum Expected {
        RIGHT,
        FAILED,
        STALE,
        SKIPPED,
        NO_ACCESS,
        NO_SPACE
    }

    private final int calls;
    private final boolean afterTheEffect;
    private final Expected expected;
    private final Supplier<? extends RuntimeException> failure;

    Faults(int calls, boolean afterTheEffect, Expected expected, Supplier<? extends RuntimeException> failure) {
        this.calls = calls;
        this.afterTheEffect = afterTheEffect;
        this.expected = expected;
        this.failure = failure;
    }

    private static StoreException trouble(Trouble trouble) {
        return new TransientStoreException(trouble, "scripted " + trouble);
    }

    private static StoreException invalid(Why why) {
        return new InvalidRequestException(why, "scripted " + why);
    }

    boolean recovers() {
        return expected == Expected.RIGHT;
    }

    /** A refused server-side copy is streamed instead. */
    Expected whenCopying(StoreOperation operation) {
        return this == DENIED && operation == StoreOperation.COPY ? Expected.RIGHT : expected;
    }

    Problem.Kind problemOfAListing() {
        return expected == Expected.NO_ACCESS || this == DENIED ? Problem.Kind.ACCESS : Problem.Kind.FAILED;
    }

    void strike(FaultScript line) {
        strikeFrom(line, 1);
    }

    /** Strikes the {@code first}th of the calls and as many after it as this fault lasts. */
    void strikeFrom(FaultScript line, int first) {
        AtomicInteger seen = new AtomicInteger();
        Runnable blow = () -> {
            int call = seen.incrementAndGet();
            if (call >= first && call - first < calls) {
                throw failure.get();
            }
        };
        if (afterTheEffect) {
            line.runsAfter(blow);
        } else {
            line.runsBefore(blow);
        }
    }
}
