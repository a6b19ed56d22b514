package dev.replicator.testkit.gcs.listing;

import dev.replicator.testkit.gcs.store.Bucket;
import dev.replicator.testkit.gcs.store.StoredObject;
import dev.replicator.testkit.objects.KeyOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/** Walks a bucket for one page: objects in the order of their names' UTF-8 bytes, rolled up at the delimiter. */
public final class PageReader {
    private static final String HIGHEST = "\udbff\udfff";

    private final Bucket bucket;
    private final ListQuery query;
    private final List<StoredObject> objects = new ArrayList<>();
    private final List<String> prefixes = new ArrayList<>();
    private int entries;
    private Optional<ListQuery.Position> end;

    private PageReader(Bucket bucket, ListQuery query) {
        this.bucket = bucket;
        this.query = query;
        this.end = query.position();
    }

    /** The page that answers the query now. */
    public static ListPage read(Bucket bucket, ListQuery query) {
        PageReader reader = new PageReader(bucket, query);
        boolean more = reader.walk();
        Optional<String> token =
                more ? Optional.of(PageTokens.of(query, reader.end.orElseGet(reader::before))) : Optional.empty();
        return new ListPage(reader.objects, reader.prefixes, token);
    }

    /** Fills the page; true when there is more behind it. */
    private boolean walk() {
        Iterator<StoredObject> candidates = first().values().iterator();
        while (candidates.hasNext()) {
            StoredObject object = candidates.next();
            String name = object.name();
            if (!name.startsWith(query.prefix()) || behindEnd(name)) {
                return false;
            }
            Optional<String> rolled = rolledUp(name);
            if (rolled.filter(this::done).isPresent()) {
                continue;
            }
            if (entries == query.most()) {
                return true;
            }
            entries++;
            if (rolled.isEmpty()) {
                objects.add(object);
                end = Optional.of(new ListQuery.Position(false, name));
                continue;
            }
            prefixes.add(rolled.get());
            if (query.trailingObjects() && name.equals(rolled.get())) {
                objects.add(object);
            }
            end = Optional.of(new ListQuery.Position(true, rolled.get()));
            candidates = past(rolled.get()).values().iterator();
        }
        return false;
    }

    private NavigableMap<String, StoredObject> first() {
        boolean startsWithin = KeyOrder.UTF8.compare(query.startOffset(), query.prefix()) > 0;
        String start = startsWithin ? query.startOffset() : query.prefix();
        Optional<ListQuery.Position> position = query.position();
        if (position.isEmpty() || KeyOrder.UTF8.compare(position.get().text(), start) < 0) {
            return bucket.objects().tailMap(start, true);
        }
        return position.get().prefix()
                ? past(position.get().text())
                : bucket.objects().tailMap(position.get().text(), false);
    }

    /** About the names behind all that begin with a prefix; the few that still do are skipped one by one. */
    private NavigableMap<String, StoredObject> past(String prefix) {
        return bucket.objects().tailMap(prefix + HIGHEST, true);
    }

    private boolean behindEnd(String name) {
        return !query.endOffset().isEmpty() && KeyOrder.UTF8.compare(name, query.endOffset()) >= 0;
    }

    private Optional<String> rolledUp(String name) {
        if (query.delimiter().isEmpty()) {
            return Optional.empty();
        }
        int at = name.indexOf(query.delimiter(), query.prefix().length());
        return at < 0
                ? Optional.empty()
                : Optional.of(name.substring(0, at + query.delimiter().length()));
    }

    private boolean done(String prefix) {
        return end.equals(Optional.of(new ListQuery.Position(true, prefix)));
    }

    /** The position of a page without entries that is the first. */
    private ListQuery.Position before() {
        return new ListQuery.Position(false, "");
    }
}
