package dev.replicator.s3.list;

import dev.replicator.store.remote.NotProven;
import dev.replicator.store.remote.Span;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks the markup of one XML document held as UTF-8 bytes: tags are matched and names are local (a namespace prefix is
 * cut off), attributes, comments and processing instructions are skipped, document types are refused, text stays raw.
 * Every method fails when the document ends under it. Not thread-safe.
 */
final class XmlCursor {
    private static final int MAX_DEPTH = 32;
    private static final int SHOWN = 40;

    private final byte[] body;
    private final int end;
    private int at;
    private int tagFrom;
    private int localFrom;
    private int tagTo;
    private boolean selfClosed;

    XmlCursor(byte[] body, int length) {
        this.body = body;
        this.end = length;
    }

    byte[] body() {
        return body;
    }

    int tagFrom() {
        return tagFrom;
    }

    int tagTo() {
        return tagTo;
    }

    boolean isSelfClosed() {
        return selfClosed;
    }

    /** The current tag's name for a message; cut where it is long. */
    String tagName() {
        return new String(body, localFrom, Math.min(tagTo - localFrom, SHOWN), StandardCharsets.UTF_8);
    }

    boolean isNamed(byte[] name) {
        return tagTo - localFrom == name.length && Arrays.equals(body, localFrom, tagTo, name, 0, name.length);
    }

    /** Moves to the root's start tag. */
    void skipProlog() throws NotProven {
        if (end == 0) {
            throw new NotProven("the body is empty");
        }
        if (end >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF) {
            at = 3;
        }
        skipFiller();
        if (at == end || body[at] != '<') {
            throw new NotProven("the body is not XML");
        }
    }

    /** Reads the start tag at the cursor, which stands behind it then. */
    void startTag() throws NotProven {
        skipFiller();
        if (peek() != '<') {
            throw new NotProven("text where an element belongs");
        }
        at++;
        if (peek() == '!') {
            throw new NotProven("a document type or CDATA section");
        }
        tagFrom = at;
        localFrom = at;
        name();
        if (tagTo == localFrom) {
            throw new NotProven("a tag without a name");
        }
        attributes();
    }

    private void name() throws NotProven {
        while (true) {
            byte b = peek();
            if (b == '>' || b == '/' || isSpace(b)) {
                tagTo = at;
                return;
            }
            if (b == '<') {
                throw new NotProven("a tag within a tag");
            }
            at++;
            if (b == ':') {
                localFrom = at;
            }
        }
    }

    private void attributes() throws NotProven {
        while (true) {
            byte b = peek();
            at++;
            if (b == '>') {
                selfClosed = false;
                return;
            }
            if (b == '/') {
                if (peek() != '>') {
                    throw new NotProven("a malformed tag");
                }
                at++;
                selfClosed = true;
                return;
            }
            if (b == '<') {
                throw new NotProven("a tag within a tag");
            }
            if (b == '"' || b == '\'') {
                while (peek() != b) {
                    at++;
                }
                at++;
            }
        }
    }

    /** Skips white space and comments; whether an end tag follows. */
    boolean atEndTag() throws NotProven {
        skipFiller();
        peek();
        return at + 1 < end && body[at] == '<' && body[at + 1] == '/';
    }

    /** Reads the end tag of the element whose name is {@code body[from, to)}. */
    void endTag(int from, int to) throws NotProven {
        int length = to - from;
        if (at + length + 2 >= end) {
            throw ended();
        }
        if (body[at] != '<' || body[at + 1] != '/' || !Arrays.equals(body, from, to, body, at + 2, at + 2 + length)) {
            throw new NotProven("an end tag that matches no start tag");
        }
        at += length + 2;
        while (isSpace(peek())) {
            at++;
        }
        if (body[at] != '>') {
            throw new NotProven("an end tag that matches no start tag");
        }
        at++;
    }

    /** Reads the current element as text into {@code into}, raw; elements within it are refused. */
    void text(Span into) throws NotProven {
        if (selfClosed) {
            into.set(at, at);
            return;
        }
        int from = at;
        toTag();
        into.set(from, at);
        endTag(tagFrom, tagTo);
    }

    private void toTag() throws NotProven {
        int i = at;
        while (i < end && body[i] != '<') {
            i++;
        }
        at = i;
        if (i == end) {
            throw ended();
        }
    }

    /** Skips the current element with all that is in it. */
    void skipElement() throws NotProven {
        skipElement(0);
    }

    private void skipElement(int depth) throws NotProven {
        if (selfClosed) {
            return;
        }
        if (depth == MAX_DEPTH) {
            throw new NotProven("elements nested deeper than " + MAX_DEPTH);
        }
        int from = tagFrom;
        int to = tagTo;
        while (true) {
            toTag();
            if (atEndTag()) {
                endTag(from, to);
                return;
            }
            if (peek() == '<') {
                startTag();
                skipElement(depth + 1);
            }
        }
    }

    /** Nothing but white space and comments may follow. */
    void requireEnd() throws NotProven {
        skipFiller();
        if (at != end) {
            throw new NotProven("something follows the root element");
        }
    }

    private void skipFiller() throws NotProven {
        while (at < end) {
            if (isSpace(body[at])) {
                at++;
            } else if (startsWith("<!--")) {
                skipBehind("-->");
            } else if (startsWith("<?")) {
                skipBehind("?>");
            } else {
                return;
            }
        }
    }

    private boolean startsWith(String text) {
        if (body[at] != text.charAt(0) || end - at < text.length()) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (body[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void skipBehind(String text) throws NotProven {
        while (at < end) {
            if (startsWith(text)) {
                at += text.length();
                return;
            }
            at++;
        }
        throw ended();
    }

    private byte peek() throws NotProven {
        if (at >= end) {
            throw ended();
        }
        return body[at];
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static NotProven ended() {
        return new NotProven("the body ends before its root element does");
    }
}
