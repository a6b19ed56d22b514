package dev.replicator.cli.output;

import dev.replicator.diff.Change;
import dev.replicator.job.PrefixPair;
import dev.replicator.plan.Action;
import dev.replicator.report.Finding;
import dev.replicator.store.ObjectKey;
import java.util.List;

/** Keys as users know them: behind their pair's prefix, relative to the location of their side. */
public final class RunKeys {
    /** Before a run has begun. */
    static final RunKeys NONE = new RunKeys(List.of());

    private final List<PrefixPair> pairs;

    public RunKeys(List<PrefixPair> pairs) {
        this.pairs = List.copyOf(pairs);
    }

    /** In the destination; an entry of the source that is left alone, in the source. */
    ObjectKey of(Action action) {
        boolean inSource = action instanceof Action.Skip skip && skip.side() == Change.Side.SOURCE;
        return inSource ? source(action.key(), action.pair()) : destination(action.key(), action.pair());
    }

    /** An extra object in the destination, everything else in the source. */
    ObjectKey of(Finding finding) {
        ObjectKey key = finding.entry().key();
        return finding.kind() == Finding.Kind.EXTRA ? destination(key, finding.pair()) : source(key, finding.pair());
    }

    private ObjectKey source(ObjectKey key, int pair) {
        return key.prependedBy(pairs.get(pair).from());
    }

    ObjectKey destination(ObjectKey key, int pair) {
        return key.prependedBy(pairs.get(pair).to());
    }

    /** The key in JSON. */
    static String text(ObjectKey key) {
        return key.isUtf8() ? key.text() : key.display();
    }
}
