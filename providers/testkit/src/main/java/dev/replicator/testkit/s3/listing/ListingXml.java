package dev.replicator.testkit.s3.listing;

import dev.replicator.testkit.http.Payload;
import dev.replicator.testkit.http.Percent;
import dev.replicator.testkit.s3.store.StoredObject;
import dev.replicator.testkit.s3.xml.XmlWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes pages of ListObjectsV2 and ListObjects. */
public final class ListingXml {
    private final String ownerId;
    private final boolean wholeSeconds;

    public ListingXml(String ownerId, boolean wholeSeconds) {
        this.ownerId = ownerId;
        this.wholeSeconds = wholeSeconds;
    }

    public Payload payload(ListingPage page) {
        return write(page).toPayload();
    }

    byte[] bytes(ListingPage page) {
        return write(page).toBytes();
    }

    private XmlWriter write(ListingPage page) {
        ListingQuery query = page.query();
        XmlWriter xml = new XmlWriter().root("ListBucketResult");
        xml.element("Name", page.bucket()).element("Prefix", text(query, query.prefix()));
        if (query.version() == 2) {
            query.token().ifPresent(token -> xml.element("ContinuationToken", token));
            page.nextToken().ifPresent(token -> xml.element("NextContinuationToken", token));
            if (!query.startAfter().isEmpty()) {
                xml.element("StartAfter", text(query, query.startAfter()));
            }
            xml.element("KeyCount", page.keyCount());
        } else {
            xml.element("Marker", text(query, query.startAfter()));
            if (!query.delimiter().isEmpty()) {
                page.nextMarker().ifPresent(marker -> xml.element("NextMarker", text(query, marker)));
            }
        }
        xml.element("MaxKeys", query.maxKeys());
        if (!query.delimiter().isEmpty()) {
            xml.element("Delimiter", text(query, query.delimiter()));
        }
        if (query.urlEncoded()) {
            xml.element("EncodingType", "url");
        }
        page.truncated().ifPresent(truncated -> xml.element("IsTruncated", truncated.toString()));
        for (StoredObject object : page.objects()) {
            contents(xml, query, object);
        }
        for (String commonPrefix : page.commonPrefixes()) {
            xml.open("CommonPrefixes")
                    .element("Prefix", text(query, commonPrefix))
                    .close("CommonPrefixes");
        }
        return xml.close("ListBucketResult");
    }

    private void contents(XmlWriter xml, ListingQuery query, StoredObject object) {
        xml.open("Contents")
                .element("Key", text(query, object.key()))
                .element("LastModified", time(object.lastModified()))
                .etag(object.etag());
        object.checksum()
                .ifPresent(checksum -> xml.element(
                                "ChecksumAlgorithm", checksum.algorithm().name())
                        .element("ChecksumType", checksum.type().name()));
        xml.element("Size", object.size());
        if (query.withOwner()) {
            xml.open("Owner")
                    .element("ID", ownerId)
                    .element("DisplayName", "owner")
                    .close("Owner");
        }
        xml.element("StorageClass", object.attributes().storageClass()).close("Contents");
    }

    private Instant time(Instant time) {
        return wholeSeconds ? time.truncatedTo(ChronoUnit.SECONDS) : time;
    }

    private static String text(ListingQuery query, String text) {
        return query.urlEncoded() ? Percent.encodeForListing(text) : text;
    }
}
