package dev.replicator.testkit;

import dev.replicator.store.StoreException;
import java.util.function.Supplier;

/** What a {@link FaultyStore} does to one call. */
sealed interface Fault {
    /** The call fails and has no effect. */
    record FailBefore(Supplier<? extends StoreException> failure) implements Fault {}

    /** The call takes effect and then fails: a lost answer. */
    record FailAfter(Supplier<? extends StoreException> failure) implements Fault {}

    record RunBefore(Runnable hook) implements Fault {}

    record RunAfter(Runnable hook) implements Fault {}

    /** The stream that is opened breaks after so many bytes; the same call is else untouched. */
    record Broken(long bytes, BrokenStream.Ending ending) implements Fault {}

    record Lie(ListingLie lie) implements Fault {}
}
