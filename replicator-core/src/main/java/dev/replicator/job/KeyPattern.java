package dev.replicator.job;

import java.util.ArrayList;
import java.util.List;

/**
 * One glob over code points; syntax in {@link KeyFilter}. Runs all alternatives side by side, so its time is the key's
 * length times the pattern's: no pattern is slow on a hostile key.
 */
final class KeyPattern {
    private sealed interface Token {
        boolean accepts(int codePoint);

        /** Whether it may take another character after one. */
        default boolean repeats() {
            return false;
        }

        /** Whether it may take none. */
        default boolean mayBeNothing(boolean atFolderStart) {
            return false;
        }
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

        @Override
        public boolean repeats() {
            return true;
        }

        @Override
        public boolean mayBeNothing(boolean atFolderStart) {
            return true;
        }
    }

    /** {@code **}{@code /}: zero or more whole folders. */
    private record Folders() implements Token {
        @Override
        public boolean accepts(int other) {
            return true;
        }

        @Override
        public boolean repeats() {
            return true;
        }

        @Override
        public boolean mayBeNothing(boolean atFolderStart) {
            return atFolderStart;
        }
    }

    private final Token[] tokens;
    private final boolean folderOnly;

    private KeyPattern(List<Token> tokens, boolean folderOnly) {
        this.tokens = tokens.toArray(new Token[0]);
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
        States now = new States();
        States next = new States();
        now.add(0, true);
        for (int codePoint : key) {
            if (codePoint == '/' && now.reached[tokens.length]) {
                return true;
            }
            next.clear();
            for (int i = 0; i < now.count; i++) {
                int state = now.list[i];
                if (state < tokens.length && tokens[state].accepts(codePoint)) {
                    next.add(tokens[state].repeats() ? state : state + 1, codePoint == '/');
                }
            }
            if (next.count == 0) {
                return false;
            }
            States before = now;
            now = next;
            next = before;
        }
        return !folderOnly && now.reached[tokens.length];
    }

    /** How far into the pattern the key may have come: every token that could be next, each once. */
    private final class States {
        private final boolean[] reached = new boolean[tokens.length + 1];
        private final int[] list = new int[tokens.length + 1];
        private int count;

        /** Adds a state and those that follow without a character: past a star anywhere, past whole folders behind a slash. */
        void add(int first, boolean atFolderStart) {
            int state = first;
            while (!reached[state]) {
                reached[state] = true;
                list[count++] = state;
                if (state == tokens.length || !tokens[state].mayBeNothing(atFolderStart)) {
                    return;
                }
                state++;
            }
        }

        void clear() {
            for (int i = 0; i < count; i++) {
                reached[list[i]] = false;
            }
            count = 0;
        }
    }
}
