/** Manual pages, made from the commands' own descriptions. */
@NullMarked
package dev.replicator.cli.man;

import org.jspecify.annotations.NullMarked;
