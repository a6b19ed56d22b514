package dev.replicator.job;

import dev.replicator.store.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Which keys a job is about: rules in order, the first that matches decides; a key that none matches is included,
 * unless all rules are includes ("include these" means "only these").
 *
 * <p>Patterns, matched against the key relative to its prefix pair, in the manner of rsync:
 *
 * <table>
 * <caption>Patterns</caption>
 * <tr><td>{@code *}</td><td>any characters but {@code /}</td></tr>
 * <tr><td>{@code **}</td><td>any characters</td></tr>
 * <tr><td>{@code ?}</td><td>one character but {@code /}</td></tr>
 * <tr><td>{@code [a-z]}, {@code [!a]}</td><td>one character of (not of) a class</td></tr>
 * <tr><td>{@code \}x</td><td>x itself</td></tr>
 * <tr><td>leading {@code /}</td><td>anchored at the pair's root; otherwise a pattern matches at the root or behind any {@code /}</td></tr>
 * <tr><td>trailing {@code /}</td><td>everything under such a folder</td></tr>
 * </table>
 *
 * <p>A pattern that matches a folder's path matches everything under it, as an rsync exclude does. Matching is linear
 * in the key's length per rule. Immutable and thread-safe.
 */
public final class KeyFilter {
    public static final KeyFilter ALL = new KeyFilter(List.of());

    /** One rule; {@code pattern} as the user wrote it. */
    public record Rule(boolean include, String pattern) {}

    private final List<Rule> rules;
    private final List<KeyPattern> patterns;
    private final boolean includedByDefault;

    private KeyFilter(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        List<KeyPattern> compiled = new ArrayList<>();
        rules.forEach(rule -> compiled.add(KeyPattern.compile(rule.pattern())));
        patterns = List.copyOf(compiled);
        includedByDefault = rules.isEmpty() || rules.stream().anyMatch(rule -> !rule.include());
    }

    /**
     * A filter of these rules in order.
     *
     * @throws IllegalArgumentException for a malformed pattern
     */
    public static KeyFilter of(List<Rule> rules) {
        return rules.isEmpty() ? ALL : new KeyFilter(rules);
    }

    /** Excludes first, then only the includes, if any: how the configuration file's two lists read. */
    public static KeyFilter of(List<String> include, List<String> exclude) {
        List<Rule> rules = new ArrayList<>();
        exclude.forEach(pattern -> rules.add(new Rule(false, pattern)));
        include.forEach(pattern -> rules.add(new Rule(true, pattern)));
        if (!include.isEmpty() && !exclude.isEmpty()) {
            rules.add(new Rule(false, "**"));
        }
        return of(rules);
    }

    public List<Rule> rules() {
        return rules;
    }

    public boolean includes(ObjectKey key) {
        return rules.isEmpty() || includes(key.bytes(), 0, key.length());
    }

    /** Whether the key {@code key[from, to)} is included. */
    public boolean includes(byte[] key, int from, int to) {
        if (rules.isEmpty()) {
            return true;
        }
        int[] codePoints = new String(key, from, to - from, StandardCharsets.UTF_8)
                .codePoints()
                .toArray();
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(codePoints)) {
                return rules.get(i).include();
            }
        }
        return includedByDefault;
    }
}
