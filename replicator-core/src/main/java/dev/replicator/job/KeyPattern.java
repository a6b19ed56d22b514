package dev.replicator.job;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * One glob over code points; syntax in {@link KeyFilter}. Runs all alternatives side by side, so its time is the key's
 * length times the pattern's: no pattern is slow on a hostile key.
 */
final class KeyPattern {
    private sealed interface Token {
        boolean accepts(int codePoint);
    }

    private record Literal(int codePoint) implements Token {
        @Override
        public boolean accepts(int other) {
            return codePoint == other;
        }
    }

    private record OneOf(boolean negated, List<int[]> spans) implements Token {
        @Override
        public boolean accepts(int other) {
            boolean within = spans.stream().anyMatch(span -> span[0] <= other && other <= span[1]);
            return other != '/' && within != negated;
        }
    }

    private record One() implements Token {
        @Override
        public boolean accepts(int other) {
            return other != '/';
        }
    }

    /** {@code *} or {@code **}: zero or more. */
    private record Many(boolean slashes) implements Token {
        @Override
        public boolean accepts(int other) {
            return slashes || other != '/';
        }
    }

    /** {@code **}{@code /}: zero or more whole folders. */
    private record Folders() implements Token {
        @Override
        public boolean accepts(int other) {
            return true;
        }
    }

    private final List<Token> tokens;
    private final boolean folderOnly;

    private KeyPattern(List<Token> tokens, boolean folderOnly) {
        this.tokens = List.copyOf(tokens);
        this.folderOnly = folderOnly;
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
        List<Token> tokens = new ArrayList<>();
        if (!anchored) {
            tokens.add(new Folders());
        }
        int at = 0;
        while (at < text.length) {
            at = compileToken(pattern, text, at, tokens);
        }
        return new KeyPattern(tokens, folderOnly);
    }

    private static boolean endsInPlainSlash(String pattern) {
        int backslashes = 0;
        while (backslashes < pattern.length() - 1 && pattern.charAt(pattern.length() - 2 - backslashes) == '\\') {
            backslashes++;
        }
        return pattern.endsWith("/") && backslashes % 2 == 0;
    }

    private static int compileToken(String pattern, int[] text, int at, List<Token> tokens) {
        switch (text[at]) {
            case '*' -> {
                if (at + 1 < text.length && text[at + 1] == '*') {
                    boolean wholeFolders =
                            (at == 0 || text[at - 1] == '/') && at + 2 < text.length && text[at + 2] == '/';
                    tokens.add(wholeFolders ? new Folders() : new Many(true));
                    return at + (wholeFolders ? 3 : 2);
                }
                tokens.add(new Many(false));
                return at + 1;
            }
            case '?' -> {
                tokens.add(new One());
                return at + 1;
            }
            case '[' -> {
                return compileClass(pattern, text, at, tokens);
            }
            case '\\' -> {
                if (at + 1 == text.length) {
                    throw new IllegalArgumentException("filter pattern '" + pattern + "' ends in a lone backslash");
                }
                tokens.add(new Literal(text[at + 1]));
                return at + 2;
            }
            default -> {
                tokens.add(new Literal(text[at]));
                return at + 1;
            }
        }
    }

    private static int compileClass(String pattern, int[] text, int at, List<Token> tokens) {
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
        tokens.add(new OneOf(negated, List.copyOf(spans)));
        return i + 1;
    }

    private static boolean escapes(int[] text, int at) {
        return text[at] == '\\' && at + 1 < text.length;
    }

    /** Whether the pattern matches the whole key, or the path of a folder above it. */
    boolean matches(int[] key) {
        BitSet states = new BitSet(tokens.size() + 1);
        states.set(0);
        closeOver(states, true);
        for (int i = 0; i < key.length; i++) {
            if (key[i] == '/' && states.get(tokens.size())) {
                return true;
            }
            states = step(states, key[i]);
            if (states.isEmpty()) {
                return false;
            }
        }
        return !folderOnly && states.get(tokens.size());
    }

    private BitSet step(BitSet states, int codePoint) {
        BitSet next = new BitSet(tokens.size() + 1);
        for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
            if (state == tokens.size() || !tokens.get(state).accepts(codePoint)) {
                continue;
            }
            Token token = tokens.get(state);
            next.set(token instanceof Many || token instanceof Folders ? state : state + 1);
        }
        closeOver(next, codePoint == '/');
        return next;
    }

    /** Adds the states reached without a character: past a star anywhere, past whole folders only behind a slash. */
    private void closeOver(BitSet states, boolean atFolderStart) {
        for (int state = states.nextSetBit(0);
                state >= 0 && state < tokens.size();
                state = states.nextSetBit(state + 1)) {
            Token token = tokens.get(state);
            if (token instanceof Many || token instanceof Folders && atFolderStart) {
                states.set(state + 1);
            }
        }
    }
}
