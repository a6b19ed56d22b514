/** Exit codes and how results and errors become them: CONTRACT's table, in one place. Imports {@code core} and the hook. */
@NullMarked
package dev.replicator.cli.exit;

import org.jspecify.annotations.NullMarked;
