package dev.replicator.infra.terraform;

import dev.replicator.testkit.s3.log.LoggedRequest;
import dev.replicator.testkit.s3.model.S3Operation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The actions that requests to S3 are checked for ("Required permissions for Amazon S3 API operations", S3 user guide).
 *
 * <table>
 * <caption>What is not plain from an operation's name</caption>
 * <tr><td>HeadBucket, a key that is not there</td><td>s3:ListBucket</td></tr>
 * <tr><td>CopyObject, UploadPartCopy</td><td>s3:GetObject where they read, s3:PutObject where they write</td></tr>
 * <tr><td>CopyObject without x-amz-tagging-directive: REPLACE</td><td>the source's tags go along, if it has any:
 * s3:GetObjectTagging and s3:PutObjectTagging</td></tr>
 * <tr><td>anything with x-amz-tagging, with x-amz-acl or x-amz-grant-…</td><td>s3:PutObjectTagging, s3:PutObjectAcl</td></tr>
 * <tr><td>a versionId</td><td>the action on versions</td></tr>
 * <tr><td>If-Match on a write or a delete</td><td>s3:GetObject of the same key</td></tr>
 * </table>
 */
final class S3Grants {
    private static final String SOURCE_BUCKET = "dev";

    private S3Grants() {}

    /** What all of them are checked for. */
    static SortedSet<Grant> of(List<LoggedRequest> requests) {
        SortedSet<Grant> grants = new TreeSet<>();
        requests.forEach(request -> of(request).forEach(grants::add));
        return grants;
    }

    private static Stream<Grant> of(LoggedRequest request) {
        Side side = side(request.bucket(), request.key());
        String version = request.call().query().containsKey("versionId") ? "Version" : "";
        return switch (request.operation()) {
            case LIST_OBJECTS_V2, HEAD_BUCKET -> grants(listed(side), "s3:ListBucket");
            case LIST_MULTIPART_UPLOADS -> grants(listed(side), "s3:ListBucketMultipartUploads");
            case GET_OBJECT, HEAD_OBJECT -> grants(side, "s3:GetObject" + version);
            case GET_OBJECT_TAGGING -> grants(side, "s3:GetObjectTagging");
            case GET_OBJECT_ACL -> grants(side, "s3:GetObjectAcl");
            case PUT_OBJECT, CREATE_MULTIPART_UPLOAD, UPLOAD_PART, COMPLETE_MULTIPART_UPLOAD -> written(side, request);
            case COPY_OBJECT, UPLOAD_PART_COPY -> Stream.concat(read(request), written(side, request));
            case ABORT_MULTIPART_UPLOAD -> grants(side, "s3:AbortMultipartUpload");
            case DELETE_OBJECT -> Stream.concat(grants(side, "s3:DeleteObject" + version), seen(side, request));
            default -> throw new AssertionError("no action is known of " + request);
        };
    }

    private static Stream<Grant> written(Side side, LoggedRequest request) {
        Map<String, String> headers = request.call().headers();
        boolean tagged = headers.containsKey("x-amz-tagging") || copiesTags(request);
        boolean granted = headers.containsKey("x-amz-acl")
                || headers.keySet().stream().anyMatch(name -> name.startsWith("x-amz-grant-"));
        return Stream.of(
                        grants(side, "s3:PutObject"),
                        tagged ? grants(side, "s3:PutObjectTagging") : Stream.<Grant>empty(),
                        granted ? grants(side, "s3:PutObjectAcl") : Stream.<Grant>empty(),
                        seen(side, request))
                .flatMap(grants -> grants);
    }

    private static Stream<Grant> seen(Side side, LoggedRequest request) {
        return request.call().headers().containsKey("if-match") ? grants(side, "s3:GetObject") : Stream.empty();
    }

    private static Stream<Grant> read(LoggedRequest request) {
        String source = URLDecoder.decode(request.call().headers().get("x-amz-copy-source"), StandardCharsets.UTF_8);
        String path = source.startsWith("/") ? source.substring(1) : source;
        String bucket = path.substring(0, path.indexOf('/'));
        Side side = side(bucket, path.substring(bucket.length() + 1));
        return Stream.concat(
                grants(side, "s3:GetObject"),
                copiesTags(request) ? grants(side, "s3:GetObjectTagging") : Stream.empty());
    }

    private static boolean copiesTags(LoggedRequest request) {
        return request.operation() == S3Operation.COPY_OBJECT
                && Optional.ofNullable(request.call().headers().get("x-amz-tagging-directive"))
                        .filter("REPLACE"::equals)
                        .isEmpty();
    }

    private static Side side(String bucket, String key) {
        if (bucket.equals(SOURCE_BUCKET)) {
            return Side.SOURCE;
        }
        return key.startsWith(".replicator/") ? Side.CONTROL : Side.DESTINATION;
    }

    /** What is asked of a bucket as a whole. */
    private static Side listed(Side side) {
        return side == Side.CONTROL ? Side.DESTINATION : side;
    }

    private static Stream<Grant> grants(Side side, String action) {
        return Stream.of(new Grant(side, action));
    }
}
