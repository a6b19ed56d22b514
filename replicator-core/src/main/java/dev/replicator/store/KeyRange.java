package dev.replicator.store;

import java.util.Optional;

/**
 * The keys {@code (lo, hi]}: strictly after {@code lo}, up to and including {@code hi}; an absent bound is open. One
 * convention everywhere, so cutting at {@code s} gives {@code (lo, s]} and {@code (s, hi]} and no key falls between.
 */
public record KeyRange(Optional<ObjectKey> lo, Optional<ObjectKey> hi) {
    public static final KeyRange ALL = new KeyRange(Optional.empty(), Optional.empty());

    public KeyRange {
        if (lo.isPresent() && hi.isPresent() && lo.get().compareTo(hi.get()) > 0) {
            throw new IllegalArgumentException("range (" + lo.get() + ", " + hi.get() + "] is reversed");
        }
    }

    public static KeyRange of(ObjectKey lo, ObjectKey hi) {
        return new KeyRange(Optional.of(lo), Optional.of(hi));
    }

    public static KeyRange after(ObjectKey lo) {
        return new KeyRange(Optional.of(lo), Optional.empty());
    }

    public static KeyRange upTo(ObjectKey hi) {
        return new KeyRange(Optional.empty(), Optional.of(hi));
    }

    /** What is left of this range once everything up to and including {@code last} is done. */
    public KeyRange resumedAfter(ObjectKey last) {
        return new KeyRange(Optional.of(last), hi);
    }

    /** The same keys behind {@code prefix}; an open upper bound stays open. */
    public KeyRange prependedBy(KeyPrefix prefix) {
        return new KeyRange(lo.map(key -> key.prependedBy(prefix)), hi.map(key -> key.prependedBy(prefix)));
    }

    public boolean contains(ObjectKey key) {
        return isAboveLo(key) && !isAboveHi(key);
    }

    private boolean isAboveLo(ObjectKey key) {
        return lo.isEmpty() || key.compareTo(lo.get()) > 0;
    }

    private boolean isAboveHi(ObjectKey key) {
        return hi.isPresent() && key.compareTo(hi.get()) > 0;
    }

    /** Whether {@code key[from, to)} lies beyond this range, so that a sorted listing is done. */
    public boolean endsBefore(byte[] key, int from, int to) {
        return hi.isPresent() && hi.get().compareTo(key, from, to) < 0;
    }
}
