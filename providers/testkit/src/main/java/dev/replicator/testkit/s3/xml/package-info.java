/**
 * Documents written as S3 writes them, and read as strictly. Imports http and model.
 */
@NullMarked
package dev.replicator.testkit.s3.xml;

import org.jspecify.annotations.NullMarked;
