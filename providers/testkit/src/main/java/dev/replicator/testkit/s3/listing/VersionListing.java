package dev.replicator.testkit.s3.listing;

import dev.replicator.testkit.http.Percent;
import dev.replicator.testkit.http.Query;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.store.Bucket;
import dev.replicator.testkit.s3.store.DeleteMarker;
import dev.replicator.testkit.s3.store.History;
import dev.replicator.testkit.s3.store.StoredObject;
import dev.replicator.testkit.s3.store.Version;
import dev.replicator.testkit.s3.xml.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** ListObjectVersions: all entries of all keys, newest first within a key; without delimiters. */
public final class VersionListing {
    private VersionListing() {}

    public static byte[] write(Bucket bucket, Query query) {
        if (query.has("delimiter")) {
            throw S3Refusal.of(ErrorCode.NOT_IMPLEMENTED).with("Header", "delimiter");
        }
        String prefix = query.first("prefix").orElse("");
        String keyMarker = query.first("key-marker").orElse("");
        String idMarker = query.first("version-id-marker").orElse("");
        int most = ListingQueries.maxKeys(query);
        UnaryOperator<String> encoding = query.has("encoding-type") ? Percent::encodeForListing : text -> text;
        List<Entry> entries = entries(bucket, prefix, keyMarker, idMarker, most + 1);
        boolean truncated = most > 0 && entries.size() > most;
        List<Entry> page = entries.subList(0, Math.min(most, entries.size()));
        XmlWriter xml = new XmlWriter()
                .root("ListVersionsResult")
                .element("Name", bucket.name())
                .element("Prefix", encoding.apply(prefix))
                .element("KeyMarker", encoding.apply(keyMarker))
                .element("VersionIdMarker", idMarker)
                .element("MaxKeys", most)
                .element("IsTruncated", Boolean.toString(truncated));
        if (query.has("encoding-type")) {
            xml.element("EncodingType", "url");
        }
        if (truncated) {
            Version last = page.get(page.size() - 1).version();
            xml.element("NextKeyMarker", encoding.apply(last.key())).element("NextVersionIdMarker", last.versionId());
        }
        page.forEach(entry -> write(xml, entry, encoding));
        return xml.close("ListVersionsResult").toBytes();
    }

    private record Entry(Version version, boolean latest) {}

    private static List<Entry> entries(Bucket bucket, String prefix, String keyMarker, String idMarker, int most) {
        List<Entry> entries = new ArrayList<>();
        for (History history : bucket.keys().tailMap(keyMarker, true).values()) {
            List<Version> versions = history.versions();
            String key = versions.get(0).key();
            boolean behindMarker = !key.equals(keyMarker) || keyMarker.isEmpty();
            for (Version version : versions) {
                if (behindMarker && key.startsWith(prefix)) {
                    entries.add(new Entry(version, version.equals(versions.get(0))));
                }
                behindMarker |= !idMarker.isEmpty() && version.versionId().equals(idMarker);
                if (entries.size() == most) {
                    return entries;
                }
            }
        }
        return entries;
    }

    private static void write(XmlWriter xml, Entry entry, UnaryOperator<String> encoding) {
        Version version = entry.version();
        String element = version instanceof DeleteMarker ? "DeleteMarker" : "Version";
        xml.open(element)
                .element("Key", encoding.apply(version.key()))
                .element("VersionId", version.versionId())
                .element("IsLatest", Boolean.toString(entry.latest()))
                .element("LastModified", version.lastModified());
        if (version instanceof StoredObject object) {
            xml.etag(object.etag())
                    .element("Size", object.size())
                    .element("StorageClass", object.attributes().storageClass());
        }
        xml.close(element);
    }
}
