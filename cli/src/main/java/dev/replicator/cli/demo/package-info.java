/** The demonstration: a realistic pair of directories, and the tour through them. */
@NullMarked
package dev.replicator.cli.demo;

import org.jspecify.annotations.NullMarked;
