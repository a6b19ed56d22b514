package dev.replicator.testkit.objects;

import java.util.Comparator;

/** The orders in which servers list keys. */
public enum KeyOrder implements Comparator<String> {
    /** Unsigned UTF-8 bytes, S3's own order; the same as the order of code points. */
    UTF8 {
        @Override
        public int compare(String left, String right) {
            int shorter = Math.min(left.length(), right.length());
            for (int i = 0; i < shorter; i++) {
                char l = left.charAt(i);
                char r = right.charAt(i);
                if (l != r) {
                    return rank(l) - rank(r);
                }
            }
            return left.length() - right.length();
        }
    },
    /** UTF-16 code units, as servers on the JVM list that sort strings. */
    UTF16 {
        @Override
        public int compare(String left, String right) {
            return left.compareTo(right);
        }
    },
    /** No order a client could use, but the same at every call. */
    SCATTERED {
        @Override
        public int compare(String left, String right) {
            int byHash = Integer.compare(left.hashCode() * 0x9E3779B9, right.hashCode() * 0x9E3779B9);
            return byHash != 0 ? byHash : left.compareTo(right);
        }
    };

    /** Surrogates stand for code points above all other code units. */
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
