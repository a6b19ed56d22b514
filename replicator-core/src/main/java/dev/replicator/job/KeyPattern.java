package dev.replicator.job;

import java.util.ArrayList;
import java.util.List;

/** One glob over code points, compiled; syntax in {@link KeyFilter}. Immutable and thread-safe. */
final class KeyPattern {
    private final KeyAutomaton automaton;

    private KeyPattern(KeyAutomaton automaton) {
        this.automaton = automaton;
    }

    static KeyPattern compile(String pattern) {
        if (pattern.isEmpty() || pattern.equals("/")) {
            throw new IllegalArgumentException("an empty filter pattern");
        }
        boolean anchored = pattern.startsWith("/");
        boolean folderOnly = endsInPlainSlash(pattern);
        int[] text = pattern.substring(anchored ? 1 : 0, pattern.length() - (folderOnly ? 1 : 0))
                .codePoints()
                .toArray();
        List<KeyToken> tokens = new ArrayList<>();
        if (!anchored) {
            tokens.add(new KeyToken.Folders());
        }
        int at = 0;
        while (at < text.length) {
            at = compileToken(pattern, text, at, tokens);
        }
        return new KeyPattern(new KeyAutomaton(tokens, folderOnly));
    }

    private static boolean endsInPlainSlash(String pattern) {
        int backslashes = 0;
        while (backslashes < pattern.length() - 1 && pattern.charAt(pattern.length() - 2 - backslashes) == '\\') {
            backslashes++;
        }
        return pattern.endsWith("/") && backslashes % 2 == 0;
    }

    private static int compileToken(String pattern, int[] text, int at, List<KeyToken> tokens) {
        switch (text[at]) {
            case '*' -> {
                if (at + 1 < text.length && text[at + 1] == '*') {
                    boolean wholeFolders =
                            (at == 0 || text[at - 1] == '/') && at + 2 < text.length && text[at + 2] == '/';
                    tokens.add(wholeFolders ? new KeyToken.Folders() : new KeyToken.Many(true));
                    return at + (wholeFolders ? 3 : 2);
                }
                tokens.add(new KeyToken.Many(false));
                return at + 1;
            }
            case '?' -> {
                tokens.add(new KeyToken.One());
                return at + 1;
            }
            case '[' -> {
                return compileClass(pattern, text, at, tokens);
            }
            case '\\' -> {
                if (at + 1 == text.length) {
                    throw new IllegalArgumentException("filter pattern '" + pattern + "' ends in a lone backslash");
                }
                tokens.add(new KeyToken.Literal(text[at + 1]));
                return at + 2;
            }
            default -> {
                tokens.add(new KeyToken.Literal(text[at]));
                return at + 1;
            }
        }
    }

    private static int compileClass(String pattern, int[] text, int at, List<KeyToken> tokens) {
        int i = at + 1;
        boolean negated = i < text.length && (text[i] == '!' || text[i] == '^');
        i += negated ? 1 : 0;
        List<int[]> spans = new ArrayList<>();
        while (i < text.length && (text[i] != ']' || spans.isEmpty())) {
            int low = i + (escapes(text, i) ? 1 : 0);
            boolean span = low + 2 < text.length && text[low + 1] == '-' && text[low + 2] != ']';
            int high = span ? low + 2 + (escapes(text, low + 2) ? 1 : 0) : low;
            if (text[low] > text[high]) {
                throw new IllegalArgumentException("filter pattern '" + pattern + "' has a reversed span in [ ]");
            }
            spans.add(new int[] {text[low], text[high]});
            i = high + 1;
        }
        if (i >= text.length) {
            throw new IllegalArgumentException("filter pattern '" + pattern + "' has an unclosed [");
        }
        tokens.add(new KeyToken.OneOf(negated, List.copyOf(spans)));
        return i + 1;
    }

    private static boolean escapes(int[] text, int at) {
        return text[at] == '\\' && at + 1 < text.length;
    }

    /** Whether the pattern matches the whole key, or the path of a folder above it. */
    boolean matches(int[] key) {
        return automaton.matches(key);
    }
}
