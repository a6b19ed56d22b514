package dev.replicator.testkit;

import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One line of a {@link FaultyStore}'s script: which calls, then what happens to them. Matching calls are counted from 1
 * per line; without {@link #nth}, {@link #first} or {@link #every} all are meant. Nothing happens before one of the
 * verbs (fails, loses, runs, breaks, ends, lies) was called; each returns the store for the next line.
 */
public final class FaultScript {
    private final FaultyStore store;
    private final StoreOperation operation;
    private Predicate<ObjectKey> keys = key -> true;
    private IntPredicate calls = call -> true;
    private final AtomicInteger seen = new AtomicInteger();

    FaultScript(FaultyStore store, StoreOperation operation) {
        this.store = store;
        this.operation = operation;
    }

    /** Only calls for this key. Listing pages have no key: a line for them must not name one. */
    public FaultScript key(String key) {
        ObjectKey wanted = ObjectKey.of(key);
        return keys(wanted::equals);
    }

    public FaultScript keys(Predicate<ObjectKey> wanted) {
        if (operation == StoreOperation.LIST_PAGE) {
            throw new IllegalArgumentException("a page of a listing has no key");
        }
        keys = wanted;
        return this;
    }

    /** Only the {@code n}th of the calls so far described; from 1. */
    public FaultScript nth(int n) {
        calls = call -> call == n;
        return this;
    }

    /** Only the first {@code n} of the calls so far described. */
    public FaultScript first(int n) {
        calls = call -> call <= n;
        return this;
    }

    /** Only every {@code n}th of the calls so far described, the {@code n}th first. */
    public FaultScript every(int n) {
        calls = call -> call % n == 0;
        return this;
    }

    /** Fails without an effect. */
    public FaultyStore fails(Supplier<? extends StoreException> failure) {
        return then(new Fault.FailBefore(failure));
    }

    /** Fails without an effect, as a 503 does. */
    public FaultyStore failsTransiently() {
        return fails(FaultScript::unavailable);
    }

    /** Fails without an effect: somebody else was faster. */
    public FaultyStore failsStale() {
        return fails(() -> new StaleObjectException(operation + ": scripted stale"));
    }

    /** Fails without an effect: a 403. */
    public FaultyStore isDenied() {
        return fails(() -> new AccessDeniedException(operation + ": scripted denial"));
    }

    /** Takes effect, then fails as a broken connection does. */
    public FaultyStore losesItsAnswer() {
        return then(new Fault.FailAfter(FaultScript::connectionLost));
    }

    /** Takes effect, then fails so. */
    public FaultyStore failsAfterwards(Supplier<? extends StoreException> failure) {
        return then(new Fault.FailAfter(failure));
    }

    /** Runs code just before the call, for example to change the source. */
    public FaultyStore runsBefore(Runnable hook) {
        return then(new Fault.RunBefore(hook));
    }

    /** Runs code just after the call's effect. */
    public FaultyStore runsAfter(Runnable hook) {
        return then(new Fault.RunAfter(hook));
    }

    /** READ only: the stream throws a transient failure after so many bytes. */
    public FaultyStore breaksAfter(long bytes) {
        return broken(bytes, BrokenStream.Ending.TRANSIENT);
    }

    /** READ only: the stream ends after so many bytes as if that were all, as a bad HTTP client does. */
    public FaultyStore endsAfter(long bytes) {
        return broken(bytes, BrokenStream.Ending.SILENT);
    }

    /** READ only: after so many bytes the rest is zeros, to the right length. */
    public FaultyStore zeroesAfter(long bytes) {
        return broken(bytes, BrokenStream.Ending.ZEROS);
    }

    /** READ only: the lowest bit of the byte behind so many is flipped; all else is right. */
    public FaultyStore flipsABitAfter(long bytes) {
        return broken(bytes, BrokenStream.Ending.FLIP);
    }

    /** LIST_PAGE only. */
    public FaultyStore lies(ListingLie lie) {
        require(StoreOperation.LIST_PAGE, "lies");
        return then(new Fault.Lie(lie));
    }

    private FaultyStore broken(long bytes, BrokenStream.Ending ending) {
        require(StoreOperation.READ, "breaks a stream");
        return then(new Fault.Broken(bytes, ending));
    }

    private void require(StoreOperation only, String verb) {
        if (operation != only) {
            throw new IllegalArgumentException(operation + " never " + verb + "; " + only + " does");
        }
    }

    private FaultyStore then(Fault fault) {
        return store.add(new Line(operation, keys, calls, seen, fault));
    }

    static TransientStoreException unavailable() {
        return new TransientStoreException(TransientStoreException.Trouble.SERVER_ERROR, "scripted 503");
    }

    static TransientStoreException connectionLost() {
        return new TransientStoreException(TransientStoreException.Trouble.NETWORK, "scripted loss of connection");
    }

    /** A finished line. */
    record Line(
            StoreOperation operation, Predicate<ObjectKey> keys, IntPredicate calls, AtomicInteger seen, Fault fault) {

        boolean strikes(StoreCall call) {
            return operation == call.operation()
                    && call.key().map(keys::test).orElse(true)
                    && calls.test(seen.incrementAndGet());
        }
    }
}
