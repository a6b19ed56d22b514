package dev.replicator.store;

/** What must hold of the written or deleted key at that moment; broken, the call throws {@link StaleObjectException}. */
public sealed interface Precondition {
    /** Nothing: last writer wins. */
    record None() implements Precondition {}

    /** No object has this key. */
    record Absent() implements Precondition {}

    /**
     * The object is still in this version and, where the store numbers the states of metadata, its metadata is still in
     * that state. Who holds a version of a store that declares the condition is held to both by the store itself.
     *
     * @param metageneration as {@link ObjectMeta#metageneration}; 0: not known, or not asked for
     */
    record Unchanged(Version version, long metageneration) implements Precondition {
        /** Whether it holds of this object; a state of metadata that one of both does not tell counts as the same. */
        public boolean holdsOf(ObjectMeta object) {
            return isOf(object.version())
                    && (metageneration == 0
                            || object.metageneration() == 0
                            || metageneration == object.metageneration());
        }

        /** Whether it is about this version, in whatever state its metadata is. */
        public boolean isOf(Version other) {
            return version.equals(other);
        }

        /** The same of the content alone. */
        public Unchanged ofContent() {
            return unchanged(version);
        }
    }

    static Precondition none() {
        return new None();
    }

    static Precondition absent() {
        return new Absent();
    }

    /** The content is unchanged, whatever became of the metadata. */
    static Unchanged unchanged(Version version) {
        return new Unchanged(version, 0);
    }

    /** Content and, as far as that was seen, metadata are unchanged. */
    static Unchanged unchanged(ObjectMeta seen) {
        return new Unchanged(seen.version(), seen.metageneration());
    }

    /** Whether this asks for that very version to be there. */
    default boolean asksFor(Version version) {
        return this instanceof Unchanged unchanged && unchanged.isOf(version);
    }
}
