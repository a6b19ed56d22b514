/**
 * The deploy hook: one run per deployment, however many replicas start. {@link dev.replicator.hook.DeployHook} is the
 * door; {@code detect}, {@code control} and {@code lease} are its parts and import nothing of this package.
 */
@NullMarked
package dev.replicator.hook;

import org.jspecify.annotations.NullMarked;
