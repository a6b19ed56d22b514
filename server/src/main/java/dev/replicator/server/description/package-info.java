/** The API's description, openapi.yaml, as the server itself reads it: what is not in it can't be asked for. */
@NullMarked
package dev.replicator.server.description;

import org.jspecify.annotations.NullMarked;
