package dev.replicator.gcs.list;

import dev.replicator.store.remote.NotProven;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a JSON text (RFC 8259) from its bytes, front to back, without objects: names and strings are ranges of the body.
 * Anything that is not JSON, or goes on behind its end, is not proven. Reused; not thread-safe.
 */
final class JsonCursor {
    private static final int MAX_DEPTH = 32;
    /** Of 64 bits with a sign; one digit more than surely fits, which then shows as negative. */
    private static final int MAX_DIGITS = 19;

    private byte[] body = new byte[0];
    private int length;
    private int at;
    private int from;
    private int to;
    private boolean first;

    void start(byte[] bytes, int count) {
        body = bytes;
        length = count;
        at = 0;
        first = true;
        if (count >= 3 && (bytes[0] & 0xFF) == 0xEF && (bytes[1] & 0xFF) == 0xBB && (bytes[2] & 0xFF) == 0xBF) {
            at = 3;
        }
    }

    byte[] body() {
        return body;
    }

    /** Where the string or number last read begins, without quotes. */
    int from() {
        return from;
    }

    /** Where the string or number last read ends, exclusive. */
    int to() {
        return to;
    }

    /** Where the value last read ends, exclusive, quotes and brackets included. */
    int position() {
        return at;
    }

    /** Whether the name or string last read is exactly {@code text}, escapes not resolved. */
    boolean is(byte[] text) {
        return Arrays.equals(body, from, to, text, 0, text.length);
    }

    void beginObject() throws NotProven {
        expect('{');
        first = true;
    }

    void beginArray() throws NotProven {
        expect('[');
        first = true;
    }

    /** Whether the object has one more member; reads its name then, and the colon. */
    boolean nextMember() throws NotProven {
        if (!next('}')) {
            return false;
        }
        string();
        int nameFrom = from;
        int nameTo = to;
        expect(':');
        from = nameFrom;
        to = nameTo;
        return true;
    }

    /** Whether the array has one more element. */
    boolean nextElement() throws NotProven {
        return next(']');
    }

    private boolean next(char end) throws NotProven {
        char c = peek();
        if (c == end) {
            at++;
            first = false;
            return false;
        }
        if (!first) {
            expect(',');
        }
        first = false;
        return true;
    }

    /** Reads a string; {@link #from} and {@link #to} are its range. */
    void string() throws NotProven {
        expect('"');
        from = at;
        while (at < length) {
            byte b = body[at];
            if (b == '"') {
                to = at++;
                return;
            }
            if (b == '\\') {
                at++;
            } else if (b >= 0 && b < 0x20) {
                throw new NotProven("a control character within a string");
            }
            at++;
        }
        throw torn();
    }

    /** Reads a string or number of decimal digits, as the API writes its 64-bit integers. */
    long digits() throws NotProven {
        if (peek() == '"') {
            string();
        } else {
            word();
        }
        if (to - from < 1 || to - from > MAX_DIGITS) {
            throw new NotProven("a malformed number");
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = body[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new NotProven("a malformed number");
            }
            value = value * 10 + digit;
        }
        if (value < 0) {
            throw new NotProven("a number beyond 64 bits");
        }
        return value;
    }

    /** Reads over a value of any kind. */
    void skip() throws NotProven {
        skip(0);
    }

    private void skip(int depth) throws NotProven {
        if (depth > MAX_DEPTH) {
            throw new NotProven("values nested over " + MAX_DEPTH + " deep");
        }
        switch (peek()) {
            case '{' -> {
                beginObject();
                while (nextMember()) {
                    skip(depth + 1);
                }
            }
            case '[' -> {
                beginArray();
                while (nextElement()) {
                    skip(depth + 1);
                }
            }
            case '"' -> string();
            default -> word();
        }
    }

    /** A number, {@code true}, {@code false} or {@code null}. */
    private void word() throws NotProven {
        skipBlanks();
        from = at;
        while (at < length && isWord(body[at])) {
            at++;
        }
        to = at;
        if (from == to) {
            throw new NotProven("it is not JSON");
        }
        char c = (char) body[from];
        boolean number = c == '-' || (c >= '0' && c <= '9');
        String text = new String(body, from, Math.min(to - from, 6), StandardCharsets.ISO_8859_1);
        if (!number && !text.equals("true") && !text.equals("false") && !text.equals("null")) {
            throw new NotProven("it is not JSON");
        }
    }

    private static boolean isWord(byte b) {
        return (b >= '0' && b <= '9')
                || (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || b == '-'
                || b == '+'
                || b == '.';
    }

    /** Nothing but blanks may follow. */
    void end() throws NotProven {
        skipBlanks();
        if (at < length) {
            throw new NotProven("the body goes on behind its end");
        }
    }

    private char peek() throws NotProven {
        skipBlanks();
        if (at >= length) {
            throw torn();
        }
        return (char) (body[at] & 0xFF);
    }

    private void expect(char expected) throws NotProven {
        if (peek() != expected) {
            throw new NotProven("it is not JSON");
        }
        at++;
    }

    private void skipBlanks() {
        while (at < length && (body[at] == ' ' || body[at] == '\n' || body[at] == '\r' || body[at] == '\t')) {
            at++;
        }
    }

    private static NotProven torn() {
        return new NotProven("the body is empty or ends early");
    }
}
