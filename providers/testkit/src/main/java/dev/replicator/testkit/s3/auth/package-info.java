/**
 * Signature Version 4 and the framings of signed bodies. Imports http, checksum and model.
 */
@NullMarked
package dev.replicator.testkit.s3.auth;

import org.jspecify.annotations.NullMarked;
