package dev.replicator.baseline;

import java.util.Optional;

/** What a run changes in the baseline: a key's new states, or that it is no longer in it. */
record Delta(BaselineKey at, Optional<Counterparts> states) {}
