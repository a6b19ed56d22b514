/**
 * What a fake server was asked, whatever its service. Imports nothing of a server.
 */
@NullMarked
package dev.replicator.testkit.log;

import org.jspecify.annotations.NullMarked;
