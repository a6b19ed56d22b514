package dev.replicator.testkit.memory;

import dev.replicator.store.Capability;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.Page;
import dev.replicator.store.RequestKind;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * Walks the live map: a page shows the bucket as it is when asked for. As in S3, each page says whether there is more, so
 * the end costs no request; an empty range delivers one empty page.
 */
final class MemoryListing implements Listing {
    private final MemoryRequests requests;
    private final MemoryOptions options;
    private final ListRequest request;
    private Optional<ObjectKey> after;
    private boolean ended;

    MemoryListing(MemoryRequests requests, MemoryOptions options, ListRequest request) {
        this.requests = requests;
        this.options = options;
        this.request = request;
        this.after = request.range().lo();
    }

    @Override
    public Optional<Page> next() {
        if (ended) {
            return Optional.empty();
        }
        MemoryBucket bucket = requests.send(RequestKind.LIST, "list");
        Page.Builder page = new Page.Builder(Math.min(request.pageSize(), 16));
        if (options.can(Capability.ETAGS)) {
            page.versionsAre(Fingerprint.Algorithm.ETAG);
        }
        ended = fill(page, bucket);
        return Optional.of(page.build());
    }

    /** Adds up to a page of entries; true when nothing of the range is left. */
    private boolean fill(Page.Builder page, MemoryBucket bucket) {
        Iterator<Map.Entry<ObjectKey, MemoryObject>> entries = entriesAfter(bucket);
        while (entries.hasNext()) {
            Map.Entry<ObjectKey, MemoryObject> entry = entries.next();
            ObjectKey key = entry.getKey();
            if (!request.range().contains(key) || !key.startsWith(request.prefix())) {
                return true;
            }
            if (page.count() == request.pageSize()) {
                return false;
            }
            MemoryObject object = entry.getValue();
            page.add(key, object.bytes().length, object.modified(), options.versionOf(object), EntryNote.NONE);
            if (options.countsMetadata()) {
                page.metageneration(object.metageneration());
                page.digest(Fingerprint.Algorithm.MD5, HexFormat.of().parseHex(MemoryObject.md5Of(object.bytes())));
            }
            after = Optional.of(key);
        }
        return true;
    }

    private Iterator<Map.Entry<ObjectKey, MemoryObject>> entriesAfter(MemoryBucket bucket) {
        Optional<ObjectKey> prefix = request.prefix().isEmpty()
                ? Optional.empty()
                : Optional.of(ObjectKey.of(request.prefix().text()));
        boolean prefixStartsLater =
                prefix.isPresent() && (after.isEmpty() || after.get().compareTo(prefix.get()) < 0);
        if (prefixStartsLater) {
            return bucket.objects().tailMap(prefix.get(), true).entrySet().iterator();
        }
        return after.map(key -> bucket.objects().tailMap(key, false))
                .orElse(bucket.objects())
                .entrySet()
                .iterator();
    }

    @Override
    public boolean complete() {
        return true;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
