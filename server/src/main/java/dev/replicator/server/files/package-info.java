/** Files and directories that are this user's alone. May import nothing of ours. */
@NullMarked
package dev.replicator.server.files;

import org.jspecify.annotations.NullMarked;
