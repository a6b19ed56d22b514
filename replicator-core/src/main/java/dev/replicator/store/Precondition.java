package dev.replicator.store;

/** What must hold of the written or deleted key at that moment; broken, the call throws {@link StaleObjectException}. */
public sealed interface Precondition {
    /** Nothing: last writer wins. */
    record None() implements Precondition {}

    /** No object has this key. */
    record Absent() implements Precondition {}

    /** The object is still in this version. */
    record Unchanged(Version version) implements Precondition {}

    static Precondition none() {
        return new None();
    }

    static Precondition absent() {
        return new Absent();
    }

    static Precondition unchanged(Version version) {
        return new Unchanged(version);
    }
}
