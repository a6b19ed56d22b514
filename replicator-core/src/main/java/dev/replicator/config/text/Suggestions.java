package dev.replicator.config.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Guesses which known word a misspelt one means. */
public final class Suggestions {
    /** Longer words aren't typing errors, and comparing them costs their square. */
    private static final int LONGEST = 64;

    /** What other tools call things. */
    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            Map.entry("target", "destination"),
            Map.entry("dest", "destination"),
            Map.entry("dst", "destination"),
            Map.entry("src", "source"),
            Map.entry("origin", "source"),
            Map.entry("url", "uri"),
            Map.entry("bucket", "uri"),
            Map.entry("on-deploy", "hook"),
            Map.entry("parallelism", "concurrency"),
            Map.entry("threads", "concurrency"),
            Map.entry("size-mtime", "size-and-modified"),
            Map.entry("kms-key-id", "kms-key"),
            Map.entry("symlinks", "links"),
            Map.entry("gs", "gcs"));

    private Suggestions() {}

    /** The known word nearest to {@code word}, if one is near enough to be meant; ties go to the first in order. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        if (word.isEmpty() || word.length() > LONGEST) {
            return Optional.empty();
        }
        String plain = plain(word);
        Optional<String> synonym = Optional.ofNullable(SYNONYMS.get(plain)).filter(known::contains);
        if (synonym.isPresent()) {
            return synonym;
        }
        int limit = Math.max(1, plain.length() / 3);
        return known.stream()
                .filter(candidate -> Math.abs(candidate.length() - plain.length()) <= limit)
                .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))))
                .filter(candidate -> distance(plain, plain(candidate)) <= limit);
    }

    /** {@code ; did you mean 'x'?} or nothing. */
    public static String question(String word, Collection<String> known) {
        return nearest(word, known)
                .map(found -> "; did you mean '" + found + "'?")
                .orElse("");
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How many characters must be put in, left out, replaced or swapped with their neighbour to get from one to the other. */
    static int distance(String one, String other) {
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int cost = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[other.length()];
    }
}
