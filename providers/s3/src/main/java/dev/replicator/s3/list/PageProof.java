package dev.replicator.s3.list;

import dev.replicator.store.Displays;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.KeyRange;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Page;
import dev.replicator.store.remote.NotProven;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decides whether a scanned body is the answer to the request, and makes the page of it.
 *
 * <table>
 * <caption>Rules of a proven page</caption>
 * <tr><td>Name</td><td>is the requested bucket (any for access points, which answer with other names)</td></tr>
 * <tr><td>Prefix</td><td>is the requested prefix; may be missing where that is empty</td></tr>
 * <tr><td>IsTruncated</td><td>is {@code true} with a token that never came before, or {@code false} without one</td></tr>
 * <tr><td>KeyCount</td><td>where present, counts the entries; they are no more than were asked for</td></tr>
 * <tr><td>keys</td><td>ascend strictly in unsigned bytes within and across pages, above what the request started after,
 * under the prefix</td></tr>
 * <tr><td>EncodingType</td><td>is {@code url}, or missing: then keys are raw</td></tr>
 * </table>
 *
 * <p>Not thread-safe.
 */
final class PageProof {
    private static final byte[] TRUE = PageScanner.ascii("true");
    private static final byte[] FALSE = PageScanner.ascii("false");

    private final byte[] bucket;
    private final boolean namesVary;
    private final KeyPrefix prefix;
    private final byte[] prefixBytes;
    private final KeyRange range;
    private final int pageSize;
    private final byte[] lo;
    private final ByteText text = new ByteText();
    private final ByteText etag = new ByteText();
    private byte[] last = new byte[1_024];
    private int lastLength;

    PageProof(String bucket, boolean namesVary, ListRequest request) {
        this.bucket = bucket.getBytes(StandardCharsets.UTF_8);
        this.namesVary = namesVary;
        prefix = request.prefix();
        prefixBytes = prefix.text().getBytes(StandardCharsets.UTF_8);
        range = request.range();
        pageSize = request.pageSize();
        lo = range.lo().map(key -> key.bytes()).orElse(new byte[0]);
    }

    /** The page, proven; moves {@code position} behind it. */
    Page prove(PageScanner found, Position position) throws NotProven {
        boolean encoded = isEncoded(found);
        ByteText.Plus plus = encoded ? plus(found) : ByteText.Plus.ITSELF;
        requireName(found);
        requirePrefix(found, encoded, plus);
        Optional<String> next = next(found);
        requireCount(found);
        setLast(position.floor());
        Page.Builder page =
                new Page.Builder(Math.max(1, found.entries.count())).versionsAre(Fingerprint.Algorithm.ETAG);
        boolean beyond = false;
        for (int i = 0; i < found.entries.count(); i++) {
            decode(found.body(), found.entries.keyFrom(i), found.entries.keyTo(i), encoded, plus);
            requireKeyInOrder(i > 0);
            setLast(text);
            beyond |= range.endsBefore(last, 0, lastLength);
            if (!beyond && isAboveLo()) {
                add(page, found, i);
            }
        }
        if (next.isEmpty() || beyond || isAtHi()) {
            position.finish();
        } else {
            position.advance(last, lastLength, found.entries.count(), next.get());
        }
        return page.build();
    }

    private boolean isEncoded(PageScanner found) throws NotProven {
        if (!found.encoding.isPresent() || found.encoding.from() == found.encoding.to()) {
            return false;
        }
        text.decode(found.body(), found.encoding.from(), found.encoding.to());
        if (text.text().equalsIgnoreCase("url")) {
            return true;
        }
        throw new NotProven("an unknown EncodingType " + Displays.escaped(text.text()));
    }

    private static ByteText.Plus plus(PageScanner found) {
        ByteText.PlusReader reader = new ByteText.PlusReader();
        if (found.prefix.isPresent()) {
            reader.read(found.body(), found.prefix.from(), found.prefix.to());
        }
        for (int i = 0; i < found.entries.count(); i++) {
            reader.read(found.body(), found.entries.keyFrom(i), found.entries.keyTo(i));
        }
        return reader.meaning();
    }

    private void requireName(PageScanner found) throws NotProven {
        if (!found.name.isPresent()) {
            throw new NotProven("no Name");
        }
        text.decode(found.body(), found.name.from(), found.name.to());
        if (!namesVary && !text.isEqualTo(bucket)) {
            throw new NotProven("it lists another bucket, " + Displays.escaped(text.text()));
        }
    }

    private void requirePrefix(PageScanner found, boolean encoded, ByteText.Plus plus) throws NotProven {
        if (!found.prefix.isPresent()) {
            if (prefix.isEmpty()) {
                return;
            }
            throw new NotProven("no Prefix");
        }
        decode(found.body(), found.prefix.from(), found.prefix.to(), encoded, plus);
        if (!text.isEqualTo(prefixBytes)) {
            throw new NotProven("it lists another prefix, " + Displays.escaped(text.text()));
        }
    }

    /** The next page's token, or empty at the end. */
    private Optional<String> next(PageScanner found) throws NotProven {
        if (!found.truncated.isPresent()) {
            throw new NotProven("no IsTruncated");
        }
        boolean token = found.token.isPresent() && found.token.from() < found.token.to();
        if (found.equal(found.truncated, FALSE)) {
            if (token) {
                throw new NotProven("it claims to be the last page and names a next one");
            }
            return Optional.empty();
        }
        if (!found.equal(found.truncated, TRUE)) {
            throw new NotProven("a malformed IsTruncated");
        }
        if (!token) {
            throw new NotProven("it claims a next page and names none");
        }
        text.decode(found.body(), found.token.from(), found.token.to());
        return Optional.of(text.text());
    }

    private void requireCount(PageScanner found) throws NotProven {
        if (found.entries.count() > pageSize) {
            throw new NotProven("it shows " + found.entries.count() + " keys where " + pageSize + " were asked for");
        }
        if (!found.keyCount.isPresent()) {
            return;
        }
        long claimed = found.number(found.keyCount, "KeyCount");
        if (claimed != found.entries.count()) {
            throw new NotProven("it claims " + claimed + " keys and shows " + found.entries.count());
        }
    }

    private void decode(byte[] body, int from, int to, boolean encoded, ByteText.Plus plus) throws NotProven {
        if (encoded) {
            text.decodeUrl(body, from, to, plus);
        } else {
            text.decode(body, from, to);
        }
    }

    private void requireKeyInOrder(boolean withinPage) throws NotProven {
        if (text.length() == 0) {
            throw new NotProven("an empty key");
        }
        int order = text.compareTo(last, lastLength);
        if (order <= 0 && (withinPage || lastLength > 0)) {
            String where = withinPage ? "" : " behind what the page starts after";
            throw new NotProven((order == 0 ? "a key comes twice: " : "keys do not ascend" + where + ": ")
                    + Displays.escaped(text.text()));
        }
        if (!text.startsWith(prefixBytes)) {
            throw new NotProven("a key outside the prefix: " + Displays.escaped(text.text()));
        }
    }

    private boolean isAboveLo() {
        return lo.length == 0 || text.compareTo(lo, lo.length) > 0;
    }

    private boolean isAtHi() {
        return range.hi().isPresent() && range.hi().get().compareTo(last, 0, lastLength) == 0;
    }

    private void add(Page.Builder page, PageScanner found, int entry) throws NotProven {
        EntryColumns entries = found.entries;
        etag.decode(found.body(), entries.etagFrom(entry), entries.etagTo(entry));
        int from = etag.length() > 2 && etag.bytes()[0] == 'W' && etag.bytes()[1] == '/' ? 2 : 0;
        int to = etag.length();
        if (to - from >= 2 && etag.bytes()[from] == '"' && etag.bytes()[to - 1] == '"') {
            from++;
            to--;
        }
        if (from >= to) {
            throw new NotProven("an entry without ETag");
        }
        page.add(
                text.bytes(),
                0,
                text.length(),
                entries.size(entry),
                entries.second(entry),
                entries.nano(entry),
                etag.bytes(),
                from,
                to,
                text.isUtf8() ? entries.note(entry) : EntryNote.UNSAFE_KEY);
    }

    private void setLast(ByteText key) {
        setLast(key.bytes(), key.length());
    }

    private void setLast(byte[] key) {
        setLast(key, key.length);
    }

    private void setLast(byte[] key, int length) {
        if (last.length < length) {
            last = new byte[length * 2];
        }
        System.arraycopy(key, 0, last, 0, length);
        lastLength = length;
    }
}
