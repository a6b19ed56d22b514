/**
 * A strict fake of Google Cloud Storage's JSON API: {@link dev.replicator.testkit.gcs.FakeGcs} and how it is started.
 */
@NullMarked
package dev.replicator.testkit.gcs;

import org.jspecify.annotations.NullMarked;
