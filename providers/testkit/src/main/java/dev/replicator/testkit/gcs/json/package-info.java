/**
 * The API's JSON: resources, errors, and the fields mask. Imports store and model.
 */
@NullMarked
package dev.replicator.testkit.gcs.json;

import org.jspecify.annotations.NullMarked;
