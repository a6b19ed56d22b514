package dev.replicator.infra.terraform;

import java.util.Comparator;

/**
 * A permission and where it is needed or given.
 *
 * @param action an action of IAM, or a permission of Google's
 */
record Grant(Side side, String action) implements Comparable<Grant> {
    private static final Comparator<Grant> ORDER =
            Comparator.comparing(Grant::side).thenComparing(Grant::action);

    @Override
    public int compareTo(Grant other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return side + " " + action;
    }
}
