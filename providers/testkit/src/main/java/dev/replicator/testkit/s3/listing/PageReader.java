package dev.replicator.testkit.s3.listing;

import dev.replicator.testkit.objects.KeyOrder;
import dev.replicator.testkit.s3.store.Bucket;
import dev.replicator.testkit.s3.store.History;
import dev.replicator.testkit.s3.store.StoredObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** Walks a bucket for one page: current objects in the bucket's order, rolled up at the delimiter. */
public final class PageReader {
    private final Bucket bucket;
    private final ListingQuery query;
    private final boolean ordered;
    private final List<StoredObject> objects = new ArrayList<>();
    private final List<String> commonPrefixes = new ArrayList<>();
    private Optional<ListingQuery.Position> end = Optional.empty();

    private PageReader(Bucket bucket, ListingQuery query) {
        this.bucket = bucket;
        this.query = query;
        this.ordered = bucket.order() != KeyOrder.SCATTERED;
    }

    /** The page that answers the query now. */
    public static ListingPage read(Bucket bucket, ListingQuery query) {
        return new PageReader(bucket, query).page();
    }

    private ListingPage page() {
        boolean more = query.maxKeys() > 0 && walk();
        Optional<ListingQuery.Position> next = more ? end : Optional.empty();
        return new ListingPage(
                bucket.name(),
                query,
                objects,
                commonPrefixes,
                Optional.of(more),
                next.map(position -> ContinuationTokens.of(bucket.name(), query, position)),
                next.map(ListingQuery.Position::text),
                objects.size() + commonPrefixes.size());
    }

    /** Fills the page; true when there is more behind it. */
    private boolean walk() {
        Iterator<Map.Entry<String, History>> entries = first().entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, History> entry = entries.next();
            String key = entry.getKey();
            if (!key.startsWith(query.prefix())) {
                if (ordered) {
                    return false;
                }
                continue;
            }
            Optional<StoredObject> object = entry.getValue().current();
            if (object.isEmpty()) {
                continue;
            }
            Optional<String> rolled = commonPrefix(key);
            if (rolled.isPresent() && (alreadyRolled(rolled.get()) || beforeThePage(rolled.get()))) {
                continue;
            }
            if (objects.size() + commonPrefixes.size() == query.maxKeys()) {
                return true;
            }
            if (rolled.isEmpty()) {
                objects.add(object.get());
                end = Optional.of(new ListingQuery.Position(false, key));
            } else {
                commonPrefixes.add(rolled.get());
                end = Optional.of(new ListingQuery.Position(true, rolled.get()));
                entries = ordered ? past(rolled.get()).entrySet().iterator() : entries;
            }
        }
        return false;
    }

    private NavigableMap<String, History> first() {
        if (query.position().isPresent()) {
            ListingQuery.Position position = query.position().get();
            return position.commonPrefix() && ordered
                    ? past(position.text())
                    : bucket.keys().tailMap(position.text(), false);
        }
        if (!ordered) {
            return bucket.keys();
        }
        boolean startsWithin = bucket.order().compare(query.startAfter(), query.prefix()) >= 0;
        return startsWithin && !query.startAfter().isEmpty()
                ? bucket.keys().tailMap(query.startAfter(), false)
                : bucket.keys().tailMap(query.prefix(), true);
    }

    /** About the keys behind all that begin with a prefix; the few that still do are skipped one by one. */
    private NavigableMap<String, History> past(String prefix) {
        String highest = bucket.order() == KeyOrder.UTF16 ? "\uffff" : "\udbff\udfff";
        return bucket.keys().tailMap(prefix + highest, true);
    }

    private Optional<String> commonPrefix(String key) {
        if (query.delimiter().isEmpty()) {
            return Optional.empty();
        }
        int at = key.indexOf(query.delimiter(), query.prefix().length());
        return at < 0
                ? Optional.empty()
                : Optional.of(key.substring(0, at + query.delimiter().length()));
    }

    private boolean alreadyRolled(String commonPrefix) {
        if (ordered) {
            int last = commonPrefixes.size() - 1;
            return last >= 0 && commonPrefixes.get(last).equals(commonPrefix);
        }
        return commonPrefixes.contains(commonPrefix);
    }

    /** A page that began at a common prefix goes on behind all of it; so does version 1 with one as its marker. */
    private boolean beforeThePage(String commonPrefix) {
        return query.position().equals(Optional.of(new ListingQuery.Position(true, commonPrefix)))
                || (query.version() == 1 && query.startAfter().equals(commonPrefix));
    }
}
