package dev.replicator.cli.option;

import dev.replicator.job.PrefixPair;
import dev.replicator.store.KeyPrefix;
import java.util.ArrayList;
import java.util.List;

/** Parts of a job's prefix pairs. */
public final class Paths {
    private Paths() {}

    /** The parts of {@code pairs} whose source lies under {@code path}; empty when it is outside all of them. */
    public static List<PrefixPair> under(KeyPrefix path, List<PrefixPair> pairs) {
        List<PrefixPair> parts = new ArrayList<>();
        for (PrefixPair pair : pairs) {
            if (path.covers(pair.from())) {
                parts.add(pair);
            } else if (pair.from().covers(path)) {
                String rest = path.text().substring(pair.from().text().length());
                parts.add(new PrefixPair(path, pair.to().append(KeyPrefix.of(rest))));
            }
        }
        return parts;
    }
}
