package dev.replicator.tests.pairs;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells what is the product's own by its name. */
final class Names {
    private Names() {}

    /** Without the entries that copies add. */
    static Map<String, String> withoutOurs(Map<String, String> user) {
        Map<String, String> theirs = new TreeMap<>(user);
        theirs.keySet().removeIf(name -> name.startsWith("replicator-"));
        return theirs;
    }

    /** Without control objects. */
    static SortedSet<String> withoutOurs(Collection<String> keys) {
        SortedSet<String> theirs = new TreeSet<>(keys);
        theirs.removeIf(Names::isOurs);
        return theirs;
    }

    /** Whether a key is of a control object. */
    static boolean isOurs(String key) {
        return List.of(key.split("/")).contains(".replicator");
    }
}
