package dev.replicator.filesystem;

import java.nio.file.Path;
import java.util.List;

/** A directory on a listing's current path: its entries in key order and how far the listing is. */
final class Level {
    private final byte[] key;
    private final Path path;
    private final List<Entry> entries;
    private final int links;
    private int next;

    /** @param key the directory's own key, ending in {@code /}; empty for the root */
    Level(byte[] key, Path path, List<Entry> entries, int links) {
        this.key = key;
        this.path = path;
        this.entries = entries;
        this.links = links;
    }

    byte[] key() {
        return key;
    }

    /** Where it really is, no link in it. */
    Path path() {
        return path;
    }

    int links() {
        return links;
    }

    boolean isDone() {
        return next == entries.size();
    }

    Entry peek() {
        return entries.get(next);
    }

    void advance() {
        next++;
    }

    static byte[] join(byte[] folder, byte[] name) {
        byte[] joined = new byte[folder.length + name.length];
        System.arraycopy(folder, 0, joined, 0, folder.length);
        System.arraycopy(name, 0, joined, folder.length, name.length);
        return joined;
    }
}
