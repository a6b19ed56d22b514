package dev.replicator.baseline;

import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The last step of a baseline: its manifest takes the place of the one that was read. */
record Publication(BaselineArea area, Consumer<String> warnings) {
    /**
     * Makes that manifest the current one; false when another run did so meanwhile. A refusal may be that of a repeat, the first answer being lost: then
     * what is there says who wrote it. Parts are dropped only where no manifest names them; where that can't be known,
     * nothing is.
     *
     * @param made names of the parts that were written for it
     */
    boolean isCurrent(byte[] manifest, List<String> made) throws UnusableBaselineException {
        try {
            area.replaceCurrent(manifest, area.currentVersion());
            return true;
        } catch (StaleObjectException e) {
            byte[] now = area.currentNow();
            if (Arrays.equals(now, manifest)) {
                return true;
            }
            Set<String> named = Set.copyOf(ManifestJson.parse(now).names());
            warnings.accept("the baseline was written by another run meanwhile; this run's was dropped");
            drop(made.stream().filter(name -> !named.contains(name)).toList());
            return false;
        }
    }

    private void drop(List<String> made) {
        try {
            area.remove(made);
        } catch (StoreException e) {
            warnings.accept("parts of a dropped baseline could not be removed: " + e.getMessage());
        }
    }
}
