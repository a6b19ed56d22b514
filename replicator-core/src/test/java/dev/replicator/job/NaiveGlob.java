package dev.replicator.job;

/** The filter's patterns by trying out every possibility, straight from their description; slow and plain. */
final class NaiveGlob {
    private NaiveGlob() {}

    /** Whether the pattern matches the key itself, or a folder that it lies in. */
    static boolean matches(String pattern, String key) {
        boolean anchored = pattern.startsWith("/");
        boolean folder = endsInPlainSlash(pattern);
        String glob = pattern.substring(anchored ? 1 : 0, pattern.length() - (folder ? 1 : 0));
        for (int start = 0; start <= key.length(); start++) {
            if (start > 0 && (anchored || key.charAt(start - 1) != '/')) {
                continue;
            }
            for (int end = start; end <= key.length(); end++) {
                boolean wholeKey = end == key.length();
                boolean folderOfKey = !wholeKey && key.charAt(end) == '/';
                if ((folderOfKey || wholeKey && !folder) && whole(glob, 0, key.substring(start, end), 0)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean endsInPlainSlash(String pattern) {
        int backslashes = 0;
        for (int i = pattern.length() - 2; i >= 0 && pattern.charAt(i) == '\\'; i--) {
            backslashes++;
        }
        return pattern.endsWith("/") && backslashes % 2 == 0;
    }

    private static boolean whole(String glob, int g, String text, int t) {
        if (g == glob.length()) {
            return t == text.length();
        }
        boolean folderStart = g == 0 || glob.charAt(g - 1) == '/';
        if (folderStart && glob.startsWith("**/", g)) {
            for (int end = t; end <= text.length(); end++) {
                boolean wholeFolders = end == t || text.charAt(end - 1) == '/';
                if (wholeFolders && whole(glob, g + 3, text, end)) {
                    return true;
                }
            }
            return false;
        }
        if (glob.startsWith("**", g)) {
            for (int end = t; end <= text.length(); end++) {
                if (whole(glob, g + 2, text, end)) {
                    return true;
                }
            }
            return false;
        }
        if (glob.charAt(g) == '*') {
            for (int end = t; end <= text.length() && (end == t || text.charAt(end - 1) != '/'); end++) {
                if (whole(glob, g + 1, text, end)) {
                    return true;
                }
            }
            return false;
        }
        if (t == text.length()) {
            return false;
        }
        int c = text.codePointAt(t);
        int next = t + Character.charCount(c);
        return switch (glob.charAt(g)) {
            case '?' -> c != '/' && whole(glob, g + 1, text, next);
            case '[' -> {
                int close = glob.indexOf(']', g);
                yield c != '/' && inClass(glob.substring(g + 1, close), c) && whole(glob, close + 1, text, next);
            }
            case '\\' ->
                glob.codePointAt(g + 1) == c
                        && whole(glob, g + 1 + Character.charCount(glob.codePointAt(g + 1)), text, next);
            default ->
                glob.codePointAt(g) == c && whole(glob, g + Character.charCount(glob.codePointAt(g)), text, next);
        };
    }

    /** Classes of the generator only: {@code ab}, {@code !a}, {@code a-b😀}. */
    private static boolean inClass(String body, int c) {
        return switch (body) {
            case "ab" -> c == 'a' || c == 'b';
            case "!a" -> c != 'a';
            case "a-b😀" -> c == 'a' || c == 'b' || c == 0x1F600;
            default -> throw new IllegalArgumentException(body);
        };
    }
}
