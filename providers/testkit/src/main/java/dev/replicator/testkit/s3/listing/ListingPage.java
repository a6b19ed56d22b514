package dev.replicator.testkit.s3.listing;

import dev.replicator.testkit.s3.store.StoredObject;
import java.util.List;
import java.util.Optional;

/** One answer to a listing, before it is written; {@code truncated} is only absent in a lie. */
public record ListingPage(
        String bucket,
        ListingQuery query,
        List<StoredObject> objects,
        List<String> commonPrefixes,
        Optional<Boolean> truncated,
        Optional<String> nextToken,
        Optional<String> nextMarker,
        int keyCount) {
    public ListingPage {
        objects = List.copyOf(objects);
        commonPrefixes = List.copyOf(commonPrefixes);
    }

    ListingPage withBucket(String other) {
        return new ListingPage(other, query, objects, commonPrefixes, truncated, nextToken, nextMarker, keyCount);
    }

    ListingPage withQuery(ListingQuery other) {
        return new ListingPage(bucket, other, objects, commonPrefixes, truncated, nextToken, nextMarker, keyCount);
    }

    /** Other objects, with a KeyCount that fits them. */
    ListingPage withObjects(List<StoredObject> others) {
        return new ListingPage(
                bucket,
                query,
                others,
                commonPrefixes,
                truncated,
                nextToken,
                nextMarker,
                others.size() + commonPrefixes.size());
    }

    ListingPage withKeyCount(int count) {
        return new ListingPage(bucket, query, objects, commonPrefixes, truncated, nextToken, nextMarker, count);
    }

    ListingPage withEnd(Optional<Boolean> isTruncated, Optional<String> token) {
        return new ListingPage(bucket, query, objects, commonPrefixes, isTruncated, token, nextMarker, keyCount);
    }
}
