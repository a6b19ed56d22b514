/**
 * What tests of Replicator and of its providers share: a clock to set, a listener that remembers, a store that fails on
 * cue and a corpus of difficult keys. For tests only; never on a production class path.
 */
@NullMarked
package dev.replicator.testkit;

import org.jspecify.annotations.NullMarked;
