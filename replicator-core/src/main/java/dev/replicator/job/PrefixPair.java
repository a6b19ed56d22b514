package dev.replicator.job;

import dev.replicator.store.KeyPrefix;

/**
 * A source prefix and the destination prefix its objects go to; both relative to their store's location, both end in
 * {@code /} or are empty. Inside a pair everything speaks keys relative to these prefixes.
 */
public record PrefixPair(KeyPrefix from, KeyPrefix to) {
    public static final PrefixPair EVERYTHING = new PrefixPair(KeyPrefix.NONE, KeyPrefix.NONE);

    public static PrefixPair same(String prefix) {
        return new PrefixPair(KeyPrefix.ofFolder(prefix), KeyPrefix.ofFolder(prefix));
    }
}
