/**
 * Directories as buckets, scheme {@code file}.
 *
 * <p>A key is a path below the root, {@code /} between its segments. Objects are regular files; directories come and go
 * with what is in them. Kept: bytes, modification time, and (in extended attributes) the headers, user metadata and tags
 * an object came with. Not kept: modes, owners, ACLs, empty directories. May import {@code dev.replicator.store} only.
 *
 * <p>How keys become files: {@link dev.replicator.filesystem.SafePath} refuses what can't be one, {@link
 * dev.replicator.filesystem.Tree} walks there component by component without following links, {@link
 * dev.replicator.filesystem.FileWriter} fills a temporary file and puts it in place.
 */
@NullMarked
package dev.replicator.filesystem;

import org.jspecify.annotations.NullMarked;
