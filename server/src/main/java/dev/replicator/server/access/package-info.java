/**
 * Who may use the server, and what is remembered of what they did: tokens, sessions, failed attempts, rates, audit,
 * idempotency keys. Knows nothing of HTTP.
 */
@NullMarked
package dev.replicator.server.access;

import org.jspecify.annotations.NullMarked;
