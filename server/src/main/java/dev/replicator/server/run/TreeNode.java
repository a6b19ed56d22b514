package dev.replicator.server.run;

import java.util.Map;
import java.util.TreeMap;

/** One line of a prefix tree: a folder of findings, or one of them. */
public sealed interface TreeNode {
    /**
     * Findings whose keys share the beginning up to the next {@code /}.
     *
     * @param prefix with that slash
     * @param kinds how many there are of each
     */
    record Folder(byte[] prefix, Map<String, Long> kinds) implements TreeNode {
        public Folder {
            kinds = java.util.Collections.unmodifiableMap(new TreeMap<>(kinds));
        }

        public long count() {
            return kinds.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** One finding. */
    record Leaf(ObjectResult finding) implements TreeNode {}
}
