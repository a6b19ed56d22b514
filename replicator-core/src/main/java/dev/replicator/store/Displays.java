package dev.replicator.store;

/** Makes hostile text safe for terminals and logs: one line, no escape sequences, no changes of direction. */
public final class Displays {
    private Displays() {}

    /** {@code text} with control, format, line-separating and unpaired characters written as {@code \\uXXXX}. */
    public static String escaped(String text) {
        if (text.codePoints().allMatch(Displays::isPlain)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isPlain(c)) {
                safe.appendCodePoint(c);
            } else {
                safe.append(String.format(c > 0xFFFF ? "\\U%08X" : "\\u%04X", c));
            }
        });
        return safe.toString();
    }

    private static boolean isPlain(int codePoint) {
        if (codePoint >= 0x20 && codePoint < 0x7F) {
            return true;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
