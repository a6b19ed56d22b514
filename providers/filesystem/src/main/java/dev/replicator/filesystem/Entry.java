package dev.replicator.filesystem;

import dev.replicator.store.EntryNote;
import java.nio.file.Path;
import java.util.Arrays;

/** One entry of a directory that a listing is in. Entries order as keys do: a directory's name ends in {@code /}. */
sealed interface Entry extends Comparable<Entry> {
    /** UTF-8 bytes of the name, with {@code /} behind a directory's. */
    byte[] name();

    @Override
    default int compareTo(Entry other) {
        return Arrays.compareUnsigned(name(), other.name());
    }

    /** Something to list: a file, or what can't be copied and why. Seconds since the epoch and nanos within. */
    record Leaf(byte[] name, long size, long seconds, int nanos, long inode, EntryNote note) implements Entry {
        Leaf withName(byte[] other) {
            return new Leaf(other, size, seconds, nanos, inode, note);
        }
    }

    /**
     * A directory to go into.
     *
     * @param path where it is
     * @param state as its parent's listing saw it
     * @param links symbolic links that lead from the root to it
     */
    record Branch(byte[] name, Path path, FileState state, int links) implements Entry {}
}
