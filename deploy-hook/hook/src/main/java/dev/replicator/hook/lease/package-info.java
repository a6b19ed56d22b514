/** The right to run: numbered, create-only lease objects, judged by the store's own time and by patience. */
@NullMarked
package dev.replicator.hook.lease;

import org.jspecify.annotations.NullMarked;
