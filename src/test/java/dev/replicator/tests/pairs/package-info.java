/**
 * Every ordered pair of S3, Cloud Storage and directories, through the façade: what is copied, that nothing is written
 * twice, that no bytes are mixed up, over fakes and over servers of others.
 */
@NullMarked
package dev.replicator.tests.pairs;

import org.jspecify.annotations.NullMarked;
