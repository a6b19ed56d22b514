package dev.replicator.testkit.s3.api;

import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.objects.Content;
import dev.replicator.testkit.s3.checksum.ChecksumAlgorithm;
import dev.replicator.testkit.s3.checksum.Digests;
import dev.replicator.testkit.s3.checksum.ObjectChecksum;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.model.Weakness;
import dev.replicator.testkit.s3.request.Conditions;
import dev.replicator.testkit.s3.request.S3Request;
import dev.replicator.testkit.s3.request.ServiceSettings;
import dev.replicator.testkit.s3.store.Bucket;
import dev.replicator.testkit.s3.store.Buckets;
import dev.replicator.testkit.s3.store.ContentDigest;
import dev.replicator.testkit.s3.store.Draft;
import dev.replicator.testkit.s3.store.MultipartUpload;
import dev.replicator.testkit.s3.store.MultipartUpload.Part;
import dev.replicator.testkit.s3.store.StoredObject;
import dev.replicator.testkit.s3.store.WriteCondition;
import dev.replicator.testkit.s3.xml.XmlNode;
import dev.replicator.testkit.s3.xml.XmlWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** CompleteMultipartUpload. As at S3, the object's time is that of the upload's beginning. */
final class CompletionApi {
    private final Buckets buckets;
    private final ServiceSettings settings;
    private final Conditions conditions;

    CompletionApi(Buckets buckets, ServiceSettings settings) {
        this.buckets = buckets;
        this.settings = settings;
        this.conditions = new Conditions(settings);
    }

    HttpResponse complete(S3Request request) {
        Bucket bucket = buckets.get(request.bucket());
        WriteCondition condition = conditions.ofComplete(request);
        MultipartUpload upload = bucket.upload(request.requiredQuery("uploadId"), request.key());
        List<Part> parts = parts(request, upload);
        Draft draft = draft(upload, parts);
        checkSize(request, draft);
        checkChecksum(request, draft);
        StoredObject object = bucket.complete(upload, draft, condition);
        XmlWriter xml = new XmlWriter()
                .root("CompleteMultipartUploadResult")
                .element("Location", "/" + bucket.name() + "/" + object.key())
                .element("Bucket", bucket.name())
                .element("Key", object.key())
                .etag(object.etag());
        ObjectAnswers.checksum(xml, object.checksum());
        HttpResponse response =
                HttpResponse.xml(200, xml.close("CompleteMultipartUploadResult").toBytes());
        return ObjectAnswers.written(response, bucket, object);
    }

    private List<Part> parts(S3Request request, MultipartUpload upload) {
        List<XmlNode> named =
                XmlNode.parse(request.body().bytes(), "CompleteMultipartUpload").all("Part");
        if (named.isEmpty()) {
            throw S3Refusal.of(ErrorCode.MALFORMED_XML);
        }
        List<Part> parts = new ArrayList<>(named.size());
        int previous = 0;
        for (XmlNode name : named) {
            Part part = part(upload, name);
            if (part.number() <= previous) {
                throw S3Refusal.of(ErrorCode.INVALID_PART_ORDER).with("UploadId", upload.id());
            }
            previous = part.number();
            parts.add(part);
        }
        refuseSmall(parts);
        return parts;
    }

    private Part part(MultipartUpload upload, XmlNode name) {
        String number = name.required("PartNumber").strip();
        String etag = Conditions.unquoted(name.required("ETag").strip());
        if (!number.matches("[0-9]{1,6}")) {
            throw S3Refusal.of(ErrorCode.MALFORMED_XML);
        }
        Part part = upload.parts().get(Integer.parseInt(number));
        if (part == null || !part.etag().equals(etag)) {
            throw S3Refusal.of(ErrorCode.INVALID_PART)
                    .with("PartNumber", number)
                    .with("ETag", etag);
        }
        checkPartChecksum(upload, name, part);
        return part;
    }

    private void checkPartChecksum(MultipartUpload upload, XmlNode name, Part part) {
        if (settings.weaknesses().contains(Weakness.CHECKSUMS_IGNORED)) {
            return;
        }
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            Optional<String> value = name.child(algorithm.element());
            Optional<String> known = part.checksum()
                    .filter(checksum -> checksum.algorithm() == algorithm)
                    .map(ObjectChecksum::value);
            if (value.isPresent() && !value.equals(known)) {
                throw S3Refusal.of(ErrorCode.INVALID_PART).with("PartNumber", Integer.toString(part.number()));
            }
            boolean needed = upload.type() == ObjectChecksum.Type.COMPOSITE
                    && upload.algorithm().equals(Optional.of(algorithm));
            if (needed && known.isPresent() && value.isEmpty()) {
                throw S3Refusal.of(
                        ErrorCode.INVALID_REQUEST,
                        "The upload was created using a " + algorithm + " checksum. The complete request must include"
                                + " the checksum for each part. It was missing for part " + part.number()
                                + " in the request.");
            }
        }
    }

    private void refuseSmall(List<Part> parts) {
        for (Part part : parts.subList(0, parts.size() - 1)) {
            if (part.content().length() < settings.smallestPart()) {
                throw S3Refusal.of(ErrorCode.ENTITY_TOO_SMALL)
                        .with("ProposedSize", Long.toString(part.content().length()))
                        .with("MinSizeAllowed", Long.toString(settings.smallestPart()))
                        .with("PartNumber", Integer.toString(part.number()))
                        .with("ETag", part.etag());
            }
        }
    }

    private Draft draft(MultipartUpload upload, List<Part> parts) {
        ByteArrayOutputStream md5s = new ByteArrayOutputStream();
        parts.forEach(part -> md5s.writeBytes(HexFormat.of().parseHex(part.md5())));
        String etag =
                Draft.etag(Digests.md5(md5s.toByteArray()), upload.attributes().encryption());
        Content content = Content.joined(parts.stream().map(Part::content).toList());
        List<StoredObject.StoredPart> stored = parts.stream()
                .map(part -> new StoredObject.StoredPart(
                        part.number(), part.content().length(), part.checksum()))
                .toList();
        return new Draft(
                upload.key(),
                content,
                etag + "-" + parts.size(),
                checksum(upload, parts, content),
                stored,
                upload.attributes(),
                Optional.of(upload.initiated()));
    }

    private Optional<ObjectChecksum> checksum(MultipartUpload upload, List<Part> parts, Content content) {
        if (settings.weaknesses().contains(Weakness.CHECKSUMS_IGNORED)) {
            return Optional.empty();
        }
        ChecksumAlgorithm algorithm = upload.algorithm().orElse(ChecksumAlgorithm.CRC64NVME);
        if (upload.type() == ObjectChecksum.Type.FULL_OBJECT) {
            return ContentDigest.full(content, algorithm);
        }
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        for (Part part : parts) {
            if (part.checksum().isEmpty()) {
                return Optional.empty();
            }
            digests.writeBytes(Base64.getDecoder().decode(part.checksum().get().value()));
        }
        byte[] digest = algorithm.digest(digests.toByteArray());
        return Optional.of(ObjectChecksum.composite(algorithm, digest, parts.size()));
    }

    private static void checkSize(S3Request request, Draft draft) {
        Optional<String> announced = request.header("x-amz-mp-object-size");
        if (announced
                .filter(size -> !size.equals(Long.toString(draft.content().length())))
                .isPresent()) {
            throw S3Refusal.of(
                    ErrorCode.INVALID_REQUEST,
                    "The provided 'x-amz-mp-object-size' header value " + announced.get()
                            + " does not match what was computed: "
                            + draft.content().length());
        }
    }

    private static void checkChecksum(S3Request request, Draft draft) {
        Optional<String> type = request.header("x-amz-checksum-type");
        boolean otherType = type.isPresent()
                && draft.checksum()
                        .filter(checksum -> !checksum.type().name().equals(type.get()))
                        .isPresent();
        if (otherType) {
            throw S3Refusal.of(
                    ErrorCode.INVALID_REQUEST,
                    "The upload was created using another checksum mode than the complete request: " + type.get());
        }
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            Optional<String> claimed = request.header(algorithm.header());
            Optional<String> computed = draft.checksum()
                    .filter(checksum -> checksum.algorithm() == algorithm)
                    .map(ObjectChecksum::value);
            if (claimed.isPresent() && draft.checksum().isPresent() && !claimed.equals(computed)) {
                throw S3Refusal.of(
                        ErrorCode.BAD_DIGEST,
                        "The " + algorithm + " you specified did not match the calculated checksum.");
            }
        }
    }
}
