package dev.replicator.store;

/** What a listing says of an entry beside its columns: an entry with a note other than NONE can't be copied as it is. */
public enum EntryNote {
    /** An ordinary object. */
    NONE,
    /** In an archived storage class: there, but not readable without a restore. */
    ARCHIVED,
    /** A symbolic link that is not followed. */
    SYMLINK,
    /** A socket, pipe or device. */
    SPECIAL_FILE,
    /** There, but this process may not read it. */
    UNREADABLE,
    /** A name that can't be a key (bytes that aren't UTF-8, or that this runtime can't decode). */
    UNSAFE_KEY
}
