package dev.replicator.gcs.list;

import dev.replicator.store.Displays;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Fingerprint.Algorithm;
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
 * <tr><td>kind</td><td>is {@code storage#objects}</td></tr>
 * <tr><td>bucket</td><td>of each entry is the requested one</td></tr>
 * <tr><td>entries</td><td>are no more than were asked for and have name, size, generation and time</td></tr>
 * <tr><td>names</td><td>are under the prefix and ascend strictly in unsigned bytes within and across pages; only the first
 * of a listing may be what it started at, which is not shown</td></tr>
 * <tr><td>nextPageToken</td><td>never came before; missing at the end</td></tr>
 * </table>
 *
 * <p>The answer doesn't repeat the prefix: a listing of another prefix shows in its names, or is empty. Not thread-safe.
 */
final class PageProof {
    private static final byte[] KIND = PageScanner.ascii("storage#objects");
    private static final int NANOS_OF_MILLI = 1_000_000;

    private final byte[] prefix;
    private final KeyRange range;
    private final int pageSize;
    private final boolean metadata;
    private final byte[] lo;
    private final KeyText text = new KeyText();
    private final Base64Text crc32c = new Base64Text(Algorithm.CRC32C.bytes());
    private final Base64Text md5 = new Base64Text(Algorithm.MD5.bytes());
    private byte[] last = new byte[1_024];
    private int lastLength;

    PageProof(ListRequest request) {
        prefix = request.prefix().text().getBytes(StandardCharsets.UTF_8);
        range = request.range();
        pageSize = request.pageSize();
        metadata = request.metadata();
        lo = range.lo().map(key -> key.bytes()).orElse(new byte[0]);
    }

    /** The page, proven; moves {@code position} behind it. */
    Page prove(PageScanner found, Position position) throws NotProven {
        requireKind(found);
        Optional<String> next = next(found);
        EntryColumns entries = found.entries;
        if (entries.count() > pageSize) {
            throw new NotProven(entries.count() + " entries where " + pageSize + " were asked for");
        }
        boolean mayStartAtFloor = position.mayEqualFloor();
        setLast(position.floor(), position.floor().length);
        Page.Builder page = new Page.Builder(Math.max(1, entries.count()));
        ShownMetadata shown = new ShownMetadata(metadata ? entries.count() : 0);
        boolean beyond = false;
        for (int i = 0; i < entries.count(); i++) {
            text.decode(found.body(), entries.nameFrom(i), entries.nameTo(i));
            int order = text.compareTo(last, lastLength);
            if (i == 0 && order == 0 && mayStartAtFloor) {
                continue;
            }
            requireInOrder(order, i > 0);
            setLast(text.bytes(), text.length());
            beyond |= range.endsBefore(last, 0, lastLength);
            if (!beyond && isAboveLo()) {
                add(page, found, i);
                if (metadata) {
                    shown.add(entries.members(), entries.membersFrom(i), entries.membersTo(i));
                }
            }
        }
        if (next.isEmpty() || beyond || isAtHi()) {
            position.finish();
        } else {
            position.advance(last, lastLength, entries.count(), next.get());
        }
        return (metadata ? page.metadata(shown) : page).build();
    }

    private static void requireKind(PageScanner found) throws NotProven {
        if (!found.kind.isPresent() || !found.equal(found.kind, KIND)) {
            throw new NotProven("it is no listing of objects");
        }
    }

    private Optional<String> next(PageScanner found) throws NotProven {
        if (!found.token.isPresent()) {
            return Optional.empty();
        }
        text.decode(found.body(), found.token.from(), found.token.to());
        if (text.length() == 0) {
            throw new NotProven("it names a next page without a token");
        }
        return Optional.of(text.text());
    }

    private void requireInOrder(int order, boolean withinPage) throws NotProven {
        if (text.length() == 0) {
            throw new NotProven("an empty key");
        }
        if (order <= 0 && (withinPage || lastLength > 0)) {
            String where = withinPage ? "" : " behind what the page starts after";
            throw new NotProven((order == 0 ? "a key comes twice: " : "keys do not ascend" + where + ": ")
                    + Displays.escaped(text.text()));
        }
        if (!text.startsWith(prefix)) {
            throw new NotProven("a key outside the prefix: " + Displays.escaped(text.text()));
        }
    }

    private boolean isAboveLo() {
        return lo.length == 0 || text.compareTo(lo, lo.length) > 0;
    }

    private boolean isAtHi() {
        return range.hi().isPresent() && range.hi().get().compareTo(last, 0, lastLength) == 0;
    }

    /** Times are cut to milliseconds, which is what the service has and what its answers to single objects tell. */
    private void add(Page.Builder page, PageScanner found, int entry) {
        EntryColumns entries = found.entries;
        page.add(
                text.bytes(),
                0,
                text.length(),
                entries.size(entry),
                entries.second(entry),
                entries.nano(entry) - entries.nano(entry) % NANOS_OF_MILLI,
                found.body(),
                entries.generationFrom(entry),
                entries.generationTo(entry),
                EntryNote.NONE);
        page.metageneration(entries.metageneration(entry));
        if (entries.crc32cFrom(entry) > 0 && crc32c.decode(found.body(), entries.crc32cFrom(entry))) {
            page.digest(Algorithm.CRC32C, crc32c.bytes());
        }
        if (entries.md5From(entry) > 0 && md5.decode(found.body(), entries.md5From(entry))) {
            page.digest(Algorithm.MD5, md5.bytes());
        }
    }

    private void setLast(byte[] key, int length) {
        if (last.length < length) {
            last = new byte[length * 2];
        }
        System.arraycopy(key, 0, last, 0, length);
        lastLength = length;
    }
}
