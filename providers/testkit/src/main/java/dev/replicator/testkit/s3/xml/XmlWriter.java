package dev.replicator.testkit.s3.xml;

import dev.replicator.testkit.http.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * Writes a document as S3 does: no blanks between elements, and control characters as references, which XML 1.0 does
 * not allow and its parsers refuse.
 */
public final class XmlWriter {
    public static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
    private static final byte[] DECLARATION =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[1024];
    private int length;

    /** Begins with the XML declaration. */
    public XmlWriter() {
        put(DECLARATION);
    }

    /** Opens a root element in S3's namespace. */
    public XmlWriter root(String name) {
        return raw("<" + name + " xmlns=\"" + NAMESPACE + "\">");
    }

    public XmlWriter open(String name) {
        put('<');
        ascii(name);
        put('>');
        return this;
    }

    public XmlWriter close(String name) {
        put('<');
        put('/');
        ascii(name);
        put('>');
        return this;
    }

    /** An element with text in it. */
    public XmlWriter element(String name, String text) {
        open(name);
        text(text);
        return close(name);
    }

    public XmlWriter element(String name, long number) {
        return element(name, Long.toString(number));
    }

    /** An element with a time in it, in milliseconds: {@code 2026-11-21T03:29:00.123Z}. */
    public XmlWriter element(String name, Instant time) {
        open(name);
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
        digits(utc.getYear(), 4);
        digitsAfter('-', utc.getMonthValue(), 2);
        digitsAfter('-', utc.getDayOfMonth(), 2);
        digitsAfter('T', utc.getHour(), 2);
        digitsAfter(':', utc.getMinute(), 2);
        digitsAfter(':', utc.getSecond(), 2);
        digitsAfter('.', time.getNano() / 1_000_000, 3);
        put('Z');
        return close(name);
    }

    /** An ETag element: the tag in escaped quotes. */
    public XmlWriter etag(String etag) {
        return element("ETag", "\"" + etag + "\"");
    }

    /** Markup as it is, in ASCII. */
    public XmlWriter raw(String markup) {
        ascii(markup);
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** The document as it stands, without a copy; the writer must not be used any more. */
    public Payload toPayload() {
        return Payload.of(bytes, length);
    }

    private void text(String text) {
        reserve(text.length());
        int plain = 0;
        while (plain < text.length() && isPlain(text.charAt(plain))) {
            bytes[length++] = (byte) text.charAt(plain++);
        }
        carefully(text, plain);
    }

    private void carefully(String text, int from) {
        for (int i = from; i < text.length(); ) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                int end = endOfWide(text, i);
                put(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end;
            } else {
                narrow(c);
                i++;
            }
        }
    }

    private void narrow(char c) {
        switch (c) {
            case '&' -> ascii("&amp;");
            case '<' -> ascii("&lt;");
            case '>' -> ascii("&gt;");
            case '"' -> ascii("&quot;");
            default -> {
                if (c < ' ') {
                    ascii("&#x" + Integer.toHexString(c) + ";");
                } else {
                    put(c);
                }
            }
        }
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x80 && c != '&' && c != '<' && c != '>' && c != '"';
    }

    private static int endOfWide(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= 0x80) {
            end++;
        }
        return end;
    }

    private void digitsAfter(char separator, int number, int width) {
        put(separator);
        digits(number, width);
    }

    private void digits(int number, int width) {
        reserve(width);
        int rest = number;
        for (int i = width - 1; i >= 0; i--) {
            bytes[length + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += width;
    }

    private void put(char c) {
        reserve(1);
        bytes[length++] = (byte) c;
    }

    private void put(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void ascii(String text) {
        int count = text.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
