package dev.replicator.testkit;

import java.util.List;
import java.util.Set;

/** Keys with characters that encoders, sorters, normalisers and terminals get wrong. */
final class NaughtyCharacters {
    private static final String SHELL = " !\"#$&'()*,:;<=>?@[\\]^`{|}~";
    private static final List<Integer> INVISIBLE = List.of(
            0x00A0, 0x00AD, 0x034F, 0x061C, 0x115F, 0x180E, 0x2000, 0x2003, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F,
            0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x202F, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069,
            0x3000, 0x3164, 0xFE0E, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFA, 0xFFFB, 0xFFFC, 0xFFFD, 0xFFFE, 0xFFFF,
            0xFDD0, 0xE000, 0xF8FF, 0xD7FF, 0x1F600, 0x10000, 0x1D173, 0x1FFFE, 0x2F800, 0xE0001, 0xE0041, 0xE0100,
            0xF0000, 0x10FFFD, 0x10FFFE, 0x10FFFF, 0x7FF, 0x800, 0x80, 0xFF, 0x100);
    private static final List<String> NORMALISATIONS = List.of(
            "caf\u00E9",
            "cafe\u0301",
            "\u00C5",
            "A\u030A",
            "\u212B",
            "\u1E69",
            "s\u0323\u0307",
            "s\u0307\u0323",
            "\u2126",
            "\u03A9",
            "\uAC00",
            "\u1100\u1161",
            "\u0958",
            "\u0915\u093C",
            "\uFF21\uFF22",
            "\u00B2",
            "\u2460",
            "\u1D2C",
            "\uFB00",
            "\u1F71",
            "\u03AC",
            "\u0387",
            "\u00B7");
    private static final List<String> SCRIPTS = List.of(
            "\u65E5\u672C\u8A9E",
            "\u4E2D\u6587/\u6587\u4EF6.txt",
            "\uD55C\uAD6D\uC5B4",
            "\u0645\u0631\u062D\u0628\u0627",
            "\u05E9\u05DC\u05D5\u05DD",
            "abc\u05D0\u05D1\u05D2123",
            "\u0928\u092E\u0938\u094D\u0924\u0947",
            "\u0E2A\u0E27\u0E31\u0E2A\u0E14\u0E35",
            "\u10D2\u10D0\u10DB\u10D0\u10E0\u10EF\u10DD\u10D1\u10D0",
            "\u041F\u0440\u0438\u0432\u0435\u0442",
            "\u0391\u03B2\u03B3",
            "\u1780\u17D2\u1798\u17C2\u179A",
            "\u0BA4\u0BAE\u0BBF\u0BB4\u0BCD",
            "\uD840\uDC00\uD840\uDC01",
            "\uD835\uDD38\uD835\uDD39",
            "\uD808\uDC00",
            "T\u00EF\u00EF\u00EEng \u0110\u1EA1i",
            "\u2603\uFE0E",
            "\u2665",
            "\u221A\u222B\u2211",
            "\u20AC100",
            "\u00BFqu\u00E9?",
            "\u0623\u200D\u0628",
            "p\u0430ypal",
            "\uFDFA",
            "\u2FF0\u4E00\u4E8C");
    private static final List<String> EMOJI = List.of(
            "\uD83D\uDE00",
            "\uD83D\uDE00/a",
            "\uFFFD/a",
            "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
            "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08",
            "\uD83D\uDC4D\uD83C\uDFFD",
            "\uD83C\uDDE9\uD83C\uDDEA",
            "1\uFE0F\u20E3",
            "\u2764\uFE0F",
            "\u2764",
            "\uD83E\uDEE0.png",
            "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F");

    private NaughtyCharacters() {}

    static void addTo(Set<String> keys) {
        keys.add("nul\0byte");
        for (int control = 0x01; control <= 0x1F; control++) {
            keys.add("c" + (char) control + "x");
        }
        for (int control = 0x7F; control <= 0x9F; control++) {
            keys.add("c" + (char) control + "x");
        }
        for (char edge : new char[] {'\t', '\n', '\r', ' ', 0x1F, 0x7F, 0x85, 0xA0}) {
            keys.addAll(
                    List.of(edge + "lead", "trail" + edge, String.valueOf(edge), "d" + edge + "/f", "d/" + edge + "f"));
        }
        keys.addAll(List.of("  ", "a  b", " a b ", "crlf\r\nx", "a\n\nb", "a\u0001", "\u001F/\u0001"));
        for (char special : SHELL.toCharArray()) {
            keys.addAll(List.of(String.valueOf(special), "s" + special + "x"));
        }
        for (int point : INVISIBLE) {
            keys.add("u" + Character.toString(point) + "x");
        }
        keys.addAll(List.of("\uFEFF", "\uFEFFbom", "\u200Bzero", "\u202Egnp.exe", "\uFFFD", "\uFFFE", "\uFFFF"));
        keys.addAll(NORMALISATIONS);
        keys.addAll(SCRIPTS);
        keys.addAll(EMOJI);
        keys.add("z" + "\u0301\u0316\u0327\u035C".repeat(20));
        keys.add("\u0301starts with a combining mark");
    }
}
