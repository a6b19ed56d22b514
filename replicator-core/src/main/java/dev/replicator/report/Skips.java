package dev.replicator.report;

import dev.replicator.execute.ActionResult.SkipReason;
import java.util.ArrayList;
import java.util.List;

/**
 * Objects that were left alone for one reason. Immutable.
 *
 * @param count of all of them
 * @param examples those that were met first, {@value #EXAMPLES} at most; keys as {@link Failure} has them
 */
public record Skips(SkipReason reason, long count, List<String> examples) {
    public static final int EXAMPLES = 5;

    public Skips {
        examples = List.copyOf(examples);
    }

    /** One object more. */
    Skips and(String key) {
        if (examples.size() >= EXAMPLES) {
            return new Skips(reason, count + 1, examples);
        }
        List<String> more = new ArrayList<>(examples);
        more.add(key);
        return new Skips(reason, count + 1, more);
    }
}
