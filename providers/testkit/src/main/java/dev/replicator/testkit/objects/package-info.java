/**
 * What the objects of any fake server are made of: their bytes and the order of their names. Imports http.
 */
@NullMarked
package dev.replicator.testkit.objects;

import org.jspecify.annotations.NullMarked;
