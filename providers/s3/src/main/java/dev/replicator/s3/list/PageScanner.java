package dev.replicator.s3.list;

import dev.replicator.store.Displays;
import dev.replicator.store.remote.NotProven;
import dev.replicator.store.remote.Span;
import dev.replicator.store.remote.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the fields of a {@code ListBucketResult} in a body without decoding any text: elements in whatever order,
 * unknown ones skipped, namespaces and their prefixes ignored. What it accepts is a whole, well-formed document; what
 * it says is checked by {@link PageProof}. Reused page after page by one listing; not thread-safe.
 */
final class PageScanner {
    /** What the document is. */
    enum Root {
        LISTING,
        ERROR
    }

    private static final byte[] LISTING = ascii("ListBucketResult");
    private static final byte[] ERROR = ascii("Error");
    private static final byte[] CONTENTS = ascii("Contents");
    private static final byte[] NAME = ascii("Name");
    private static final byte[] PREFIX = ascii("Prefix");
    private static final byte[] TOKEN = ascii("NextContinuationToken");
    private static final byte[] ENCODING = ascii("EncodingType");
    private static final byte[] TRUNCATED = ascii("IsTruncated");
    private static final byte[] KEY_COUNT = ascii("KeyCount");
    private static final byte[] KEY = ascii("Key");
    private static final byte[] MODIFIED = ascii("LastModified");
    private static final byte[] ETAG = ascii("ETag");
    private static final byte[] SIZE = ascii("Size");
    private static final byte[] STORAGE_CLASS = ascii("StorageClass");
    private static final byte[] RESTORE = ascii("RestoreStatus");
    private static final byte[] RESTORED_UNTIL = ascii("RestoreExpiryDate");
    private static final byte[] GLACIER = ascii("GLACIER");
    private static final byte[] DEEP_ARCHIVE = ascii("DEEP_ARCHIVE");

    final Span name = new Span();
    final Span prefix = new Span();
    final Span token = new Span();
    final Span encoding = new Span();
    final Span truncated = new Span();
    final Span keyCount = new Span();
    final EntryColumns entries = new EntryColumns();

    private final Timestamps time = new Timestamps("LastModified");
    private final Span text = new Span();
    private XmlCursor xml = new XmlCursor(new byte[0], 0);

    /**
     * Scans {@code body[0, length)}.
     *
     * @throws NotProven when it is not one whole well-formed document of a known kind
     */
    Root scan(byte[] body, int length) throws NotProven {
        clear();
        xml = new XmlCursor(body, length);
        xml.skipProlog();
        xml.startTag();
        if (xml.isNamed(ERROR)) {
            return Root.ERROR;
        }
        if (!xml.isNamed(LISTING)) {
            throw new NotProven("the root element is " + Displays.escaped(xml.tagName()));
        }
        int rootFrom = xml.tagFrom();
        int rootTo = xml.tagTo();
        if (!xml.isSelfClosed()) {
            while (!xml.atEndTag()) {
                child();
            }
            xml.endTag(rootFrom, rootTo);
        }
        xml.requireEnd();
        return Root.LISTING;
    }

    private void clear() {
        name.clear();
        prefix.clear();
        token.clear();
        encoding.clear();
        truncated.clear();
        keyCount.clear();
        entries.clear();
    }

    private void child() throws NotProven {
        xml.startTag();
        if (xml.isNamed(CONTENTS)) {
            entry();
        } else if (xml.isNamed(NAME)) {
            once(name, "Name");
        } else if (xml.isNamed(PREFIX)) {
            once(prefix, "Prefix");
        } else if (xml.isNamed(TOKEN)) {
            once(token, "NextContinuationToken");
        } else if (xml.isNamed(ENCODING)) {
            once(encoding, "EncodingType");
        } else if (xml.isNamed(TRUNCATED)) {
            once(truncated, "IsTruncated");
        } else if (xml.isNamed(KEY_COUNT)) {
            once(keyCount, "KeyCount");
        } else {
            xml.skipElement();
        }
    }

    private void once(Span field, String what) throws NotProven {
        if (field.isPresent()) {
            throw new NotProven("two " + what + " elements");
        }
        xml.text(field);
    }

    private void entry() throws NotProven {
        int from = xml.tagFrom();
        int to = xml.tagTo();
        if (xml.isSelfClosed()) {
            throw new NotProven("an empty Contents element");
        }
        int at = entries.open();
        while (!xml.atEndTag()) {
            xml.startTag();
            field(at);
        }
        xml.endTag(from, to);
        entries.close();
    }

    private void field(int at) throws NotProven {
        if (xml.isNamed(KEY)) {
            xml.text(text);
            entries.key(at, text.from(), text.to());
        } else if (xml.isNamed(MODIFIED)) {
            xml.text(text);
            time.read(xml.body(), text.from(), text.to());
            entries.modified(at, time.second(), time.nano());
        } else if (xml.isNamed(ETAG)) {
            xml.text(text);
            entries.etag(at, text.from(), text.to());
        } else if (xml.isNamed(SIZE)) {
            xml.text(text);
            entries.size(at, number(text, "Size"));
        } else if (xml.isNamed(STORAGE_CLASS)) {
            xml.text(text);
            if (equal(text, GLACIER) || equal(text, DEEP_ARCHIVE)) {
                entries.archived(at);
            }
        } else if (xml.isNamed(RESTORE)) {
            restore(at);
        } else {
            xml.skipElement();
        }
    }

    /** An archived object that was restored says until when; only then it can be read. */
    private void restore(int at) throws NotProven {
        if (xml.isSelfClosed()) {
            return;
        }
        int from = xml.tagFrom();
        int to = xml.tagTo();
        while (!xml.atEndTag()) {
            xml.startTag();
            if (xml.isNamed(RESTORED_UNTIL)) {
                entries.restored(at);
            }
            xml.skipElement();
        }
        xml.endTag(from, to);
    }

    /** The number that {@code field} spells: digits only, up to 18 of them. */
    long number(Span field, String what) throws NotProven {
        int length = field.to() - field.from();
        if (length < 1 || length > 18) {
            throw new NotProven("a malformed " + what);
        }
        long value = 0;
        for (int i = field.from(); i < field.to(); i++) {
            int digit = xml.body()[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new NotProven("a malformed " + what);
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Whether {@code field}'s bytes are exactly {@code expected}. */
    boolean equal(Span field, byte[] expected) {
        return Arrays.equals(xml.body(), field.from(), field.to(), expected, 0, expected.length);
    }

    byte[] body() {
        return xml.body();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
