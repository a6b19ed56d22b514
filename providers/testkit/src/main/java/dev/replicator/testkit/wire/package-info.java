/**
 * What is to go wrong between a client and a fake server, and when: the script, its rules, and the faults that any
 * service shares. Imports http.
 */
@NullMarked
package dev.replicator.testkit.wire;

import org.jspecify.annotations.NullMarked;
