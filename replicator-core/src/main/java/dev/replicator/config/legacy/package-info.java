/**
 * The variables of the first users' own scripts and of Replit's object storage, turned into a job. Imports {@code job},
 * {@code store} and {@code config.text}.
 */
@NullMarked
package dev.replicator.config.legacy;

import org.jspecify.annotations.NullMarked;
