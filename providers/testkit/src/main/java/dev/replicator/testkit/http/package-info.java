/**
 * HTTP/1.1 over sockets, without a thought of any service. Imports nothing of a server.
 */
@NullMarked
package dev.replicator.testkit.http;

import org.jspecify.annotations.NullMarked;
