/**
 * Servers of others, as processes of their own, where this machine's Python has them: second opinions on what a service
 * does. Imports nothing of the fakes.
 */
@NullMarked
package dev.replicator.testkit.servers;

import org.jspecify.annotations.NullMarked;
