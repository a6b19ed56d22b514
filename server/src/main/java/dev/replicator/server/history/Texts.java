package dev.replicator.server.history;

/** Texts as every database takes them. */
final class Texts {
    private Texts() {}

    /** Without U+0000, which PostgreSQL can't hold. */
    static String storable(String text) {
        return text.indexOf('\u0000') < 0 ? text : text.replace('\u0000', '\ufffd');
    }

    /** At most so many characters, never half of one; without U+0000, which PostgreSQL can't hold. */
    static String kept(String text, int most) {
        String whole = storable(text);
        if (whole.length() <= most) {
            return whole;
        }
        int end = Character.isHighSurrogate(whole.charAt(most - 1)) ? most - 1 : most;
        return whole.substring(0, end);
    }
}
