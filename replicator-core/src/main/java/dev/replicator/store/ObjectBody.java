package dev.replicator.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of one object in one version, re-openable so that a second attempt sends the same bytes.
 *
 * <p>Streams throw {@link StaleObjectException} when the object is no longer that version, {@link
 * CorruptObjectException} when the bytes end early or run over {@link #size}, and {@link TransientStoreException} (all
 * from {@code read} too: they are unchecked) when the connection broke. Streams may be opened by several threads.
 */
public interface ObjectBody extends AutoCloseable {
    /** Length in bytes. */
    long size();

    /**
     * The object's metadata and tags, not older than the call: what a listing showed of them is held against the store.
     * May send the first read, whose stream {@link #open()} then uses.
     */
    ObjectMetadata metadata();

    /**
     * Digests of the whole content as the store keeps them with the object, as far as they surely are that; may send the
     * same read as {@link #metadata}.
     */
    default List<Fingerprint> fingerprints() {
        return List.of();
    }

    /** All bytes from the start. */
    InputStream open();

    /** {@code length} bytes from {@code offset}; the range must lie within the size. */
    InputStream open(long offset, long length);

    /**
     * Whether the bytes can only be compared with what their store keeps of them when ranges are read one behind the
     * other: who reads ranges side by side should not. Sends nothing.
     */
    default boolean isCheckedInOrder() {
        return false;
    }

    /**
     * The local file that holds these bytes at this moment, where there is one. Who reads it on their own learns only from
     * an empty range opened afterwards ({@code open(0, 0)}, stale) that it changed meanwhile.
     */
    default Optional<Path> file() {
        return Optional.empty();
    }

    /**
     * Writes all bytes over {@code file}, in parallel ranges where the provider can.
     *
     * @return whether it was done; false asks the caller to copy a stream
     * @throws java.io.UncheckedIOException when {@code file} can't be written: a full disk is its owner's trouble, not
     *     that of the object
     */
    default boolean saveTo(Path file) {
        return false;
    }

    @Override
    default void close() {}
}
