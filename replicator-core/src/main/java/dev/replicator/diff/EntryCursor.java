package dev.replicator.diff;

import dev.replicator.job.ControlKeys;
import dev.replicator.job.KeyFilter;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.Page;
import dev.replicator.store.UnprovenListingException;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Walks one side's listing entry by entry, without our control keys and what the filter excludes. Checks that keys
 * ascend strictly in unsigned bytes, whoever made the listing: a merge over anything else would invent differences.
 */
final class EntryCursor implements AutoCloseable {
    /** A store may show pages without entries (S3 does over many delete markers), but not for ever. */
    private static final int MOST_EMPTY_PAGES = 10_000;

    private final Listing listing;
    private final KeyFilter filter;
    private final String name;
    private final LongConsumer listed;
    private Page page = new Page.Builder(1).build();
    private int entry = -1;
    private boolean ended;
    private long inScope;
    private long bytes;

    EntryCursor(Listing listing, KeyFilter filter, String name, LongConsumer listed) {
        this.listing = listing;
        this.filter = filter;
        this.name = name;
        this.listed = listed;
    }

    /** Moves to the next entry in scope; false at the end. */
    boolean advance() {
        while (!ended) {
            Page previous = page;
            int previousEntry = entry;
            if (++entry >= page.count() && !nextPage()) {
                return false;
            }
            checkEntry();
            if (previousEntry >= 0 && previousEntry < previous.count()) {
                checkOrder(previous, previousEntry);
            }
            if (isInScope()) {
                inScope++;
                bytes += page.size(entry);
                return true;
            }
        }
        return false;
    }

    /** Loads pages until one has entries. */
    private boolean nextPage() {
        Optional<Page> next = listing.next();
        for (int empty = 0; next.isPresent() && next.get().count() == 0; empty++) {
            if (empty == MOST_EMPTY_PAGES) {
                throw new UnprovenListingException(
                        "listing of the " + name + " shows no key in " + MOST_EMPTY_PAGES + " pages");
            }
            next = listing.next();
        }
        if (next.isEmpty()) {
            ended = true;
            return false;
        }
        page = next.get();
        entry = 0;
        listed.accept(page.count());
        return true;
    }

    private void checkEntry() {
        if (page.keyEnd(entry) <= page.keyStart(entry) || page.size(entry) < 0) {
            throw new UnprovenListingException(
                    "listing of the " + name + " has an entry without a key or with a negative size");
        }
    }

    private void checkOrder(Page previous, int previousEntry) {
        if (page.compareKeys(entry, previous, previousEntry) <= 0) {
            throw new UnprovenListingException("listing of the " + name + " is not in order: "
                    + previous.key(previousEntry) + " is followed by " + page.key(entry));
        }
    }

    private boolean isInScope() {
        int from = page.keyStart(entry);
        int to = page.keyEnd(entry);
        return !ControlKeys.isControl(page.keys(), from, to) && filter.includes(page.keys(), from, to);
    }

    Page page() {
        return page;
    }

    int entry() {
        return entry;
    }

    ObjectKey key() {
        return page.key(entry);
    }

    EntryNote note() {
        return page().note(entry());
    }

    ObjectMeta meta() {
        return page.meta(entry);
    }

    int compareKey(EntryCursor other) {
        return page.compareKeys(entry, other.page, other.entry);
    }

    /** Entries in scope seen so far. */
    long inScope() {
        return inScope;
    }

    /** Bytes of the entries in scope seen so far. */
    long bytes() {
        return bytes;
    }

    /** After the end: whether every key of the range was shown. */
    boolean complete() {
        return ended && listing.complete();
    }

    @Override
    public void close() {
        listing.close();
    }
}
