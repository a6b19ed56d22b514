/** Reports that were kept, read back: of files, of a job's control prefix, of a server's answers. */
@NullMarked
package dev.replicator.cli.report;

import org.jspecify.annotations.NullMarked;
