package dev.replicator;

import dev.replicator.diff.Change;
import dev.replicator.diff.DoubtSettler;
import dev.replicator.diff.MetadataComparison;

/** What must be asked about a change before it is told: doubts of content, and metadata where that is compared. */
record Settling(DoubtSettler doubts, MetadataComparison metadata) {

    /** Whether the listings did not say all about this change. */
    boolean isOpen(Change change) {
        return change instanceof Change.Doubtful || change instanceof Change.Same same && metadata.asks(same);
    }

    /** The change with what the stores say when asked. */
    Change settle(Change change) {
        Change settled = change instanceof Change.Doubtful doubt ? doubts.settle(doubt) : change;
        return settled instanceof Change.Same same && metadata.asks(same) ? metadata.compare(same) : settled;
    }
}
