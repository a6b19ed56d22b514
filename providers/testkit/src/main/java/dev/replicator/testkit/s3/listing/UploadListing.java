package dev.replicator.testkit.s3.listing;

import dev.replicator.testkit.http.Percent;
import dev.replicator.testkit.http.Query;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.store.Bucket;
import dev.replicator.testkit.s3.store.MultipartUpload;
import dev.replicator.testkit.s3.xml.XmlWriter;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** ListMultipartUploads: by key, then by the time of initiation; without delimiters. */
public final class UploadListing {
    private UploadListing() {}

    public static byte[] write(Bucket bucket, Query query) {
        if (query.has("delimiter")) {
            throw S3Refusal.of(ErrorCode.NOT_IMPLEMENTED).with("Header", "delimiter");
        }
        String prefix = query.first("prefix").orElse("");
        String keyMarker = query.first("key-marker").orElse("");
        String idMarker = query.first("upload-id-marker").orElse("");
        int most = ListingQueries.limit(query, "max-uploads");
        UnaryOperator<String> encoding = query.has("encoding-type") ? Percent::encodeForListing : text -> text;
        Comparator<MultipartUpload> byKey = Comparator.comparing(MultipartUpload::key, bucket.order());
        List<MultipartUpload> matching = bucket.uploads().values().stream()
                .filter(upload -> upload.key().startsWith(prefix))
                .sorted(byKey.thenComparing(MultipartUpload::initiated).thenComparing(MultipartUpload::id))
                .toList();
        List<MultipartUpload> rest =
                matching.subList(firstBehind(bucket, matching, keyMarker, idMarker), matching.size());
        List<MultipartUpload> page = rest.subList(0, Math.min(most, rest.size()));
        boolean truncated = page.size() < rest.size();
        XmlWriter xml = new XmlWriter()
                .root("ListMultipartUploadsResult")
                .element("Bucket", bucket.name())
                .element("KeyMarker", encoding.apply(keyMarker))
                .element("UploadIdMarker", idMarker)
                .element("Prefix", encoding.apply(prefix))
                .element("MaxUploads", most)
                .element("IsTruncated", Boolean.toString(truncated));
        if (query.has("encoding-type")) {
            xml.element("EncodingType", "url");
        }
        if (truncated && !page.isEmpty()) {
            MultipartUpload last = page.get(page.size() - 1);
            xml.element("NextKeyMarker", encoding.apply(last.key())).element("NextUploadIdMarker", last.id());
        }
        for (MultipartUpload upload : page) {
            xml.open("Upload")
                    .element("Key", encoding.apply(upload.key()))
                    .element("UploadId", upload.id())
                    .element("StorageClass", upload.attributes().storageClass())
                    .element("Initiated", upload.initiated());
            upload.algorithm()
                    .ifPresent(algorithm -> xml.element("ChecksumAlgorithm", algorithm.name())
                            .element("ChecksumType", upload.type().name()));
            xml.close("Upload");
        }
        return xml.close("ListMultipartUploadsResult").toBytes();
    }

    /** Behind the marked upload; without an id marker, behind all uploads of the marked key. */
    private static int firstBehind(Bucket bucket, List<MultipartUpload> uploads, String keyMarker, String idMarker) {
        int index = 0;
        while (index < uploads.size()) {
            MultipartUpload upload = uploads.get(index);
            int order = keyMarker.isEmpty() ? 1 : bucket.order().compare(upload.key(), keyMarker);
            if (order > 0) {
                return index;
            }
            index++;
            if (order == 0 && upload.id().equals(idMarker)) {
                return index;
            }
        }
        return index;
    }
}
