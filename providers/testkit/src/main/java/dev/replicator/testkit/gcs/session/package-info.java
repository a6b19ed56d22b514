/**
 * What lives between requests: resumable uploads and rewrites. Imports request (an upload's terms) and store.
 */
@NullMarked
package dev.replicator.testkit.gcs.session;

import org.jspecify.annotations.NullMarked;
