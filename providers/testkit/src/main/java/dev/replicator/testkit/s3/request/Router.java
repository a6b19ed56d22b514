package dev.replicator.testkit.s3.request;

import dev.replicator.testkit.http.HttpRequest;
import dev.replicator.testkit.http.Percent;
import dev.replicator.testkit.http.Query;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.s3.model.S3Refusal;
import java.util.Set;

/**
 * Finds the operation a request asks for. Buckets are named in the path, or in the host as {@code
 * bucket.localhost}. Keys are taken as they are: no dots or slashes are resolved.
 */
public final class Router {
    private static final String VIRTUAL_HOST = ".localhost";
    private static final Set<String> NOT_SERVED = Set.of(
            "accelerate",
            "analytics",
            "cors",
            "encryption",
            "intelligent-tiering",
            "inventory",
            "legal-hold",
            "lifecycle",
            "logging",
            "metrics",
            "notification",
            "object-lock",
            "ownershipControls",
            "policy",
            "policyStatus",
            "publicAccessBlock",
            "replication",
            "requestPayment",
            "restore",
            "retention",
            "select",
            "session",
            "torrent",
            "website",
            "renameObject");

    private Router() {}

    public static Route route(HttpRequest request) {
        String path = Percent.decode(request.path()).orElseThrow(() -> S3Refusal.of(ErrorCode.INVALID_URI));
        Query query = Query.parse(request.query()).orElseThrow(() -> S3Refusal.of(ErrorCode.INVALID_URI));
        String full = virtualBucket(request) + path;
        String named = full.substring(full.startsWith("/") ? 1 : 0);
        int slash = named.indexOf('/');
        String bucket = slash < 0 ? named : named.substring(0, slash);
        String key = slash < 0 ? "" : named.substring(slash + 1);
        return new Route(operation(request, bucket, key, query), bucket, key, query);
    }

    private static String virtualBucket(HttpRequest request) {
        String host = request.headers().first("host").orElse("");
        int colon = host.indexOf(':');
        String name = colon < 0 ? host : host.substring(0, colon);
        return name.endsWith(VIRTUAL_HOST) ? "/" + name.substring(0, name.length() - VIRTUAL_HOST.length()) : "";
    }

    private static S3Operation operation(HttpRequest request, String bucket, String key, Query query) {
        if (query.parameters().stream().anyMatch(parameter -> NOT_SERVED.contains(parameter.getKey()))) {
            return S3Operation.UNKNOWN;
        }
        if (bucket.isEmpty()) {
            return request.method().equals("GET") ? S3Operation.LIST_BUCKETS : S3Operation.UNKNOWN;
        }
        if (key.isEmpty()) {
            return onBucket(request.method(), query);
        }
        return onObject(request, query);
    }

    private static S3Operation onBucket(String method, Query query) {
        return switch (method) {
            case "GET" -> getOnBucket(query);
            case "HEAD" -> S3Operation.HEAD_BUCKET;
            case "PUT" -> putOnBucket(query);
            case "DELETE" -> query.has("tagging") ? S3Operation.UNKNOWN : S3Operation.DELETE_BUCKET;
            case "POST" -> query.has("delete") ? S3Operation.DELETE_OBJECTS : S3Operation.UNKNOWN;
            default -> S3Operation.UNKNOWN;
        };
    }

    private static S3Operation getOnBucket(Query query) {
        if (query.has("location")) {
            return S3Operation.GET_BUCKET_LOCATION;
        }
        if (query.has("versioning")) {
            return S3Operation.GET_BUCKET_VERSIONING;
        }
        if (query.has("versions")) {
            return S3Operation.LIST_OBJECT_VERSIONS;
        }
        if (query.has("uploads")) {
            return S3Operation.LIST_MULTIPART_UPLOADS;
        }
        if (query.has("acl") || query.has("tagging")) {
            return S3Operation.UNKNOWN;
        }
        return query.first("list-type").filter("2"::equals).isPresent()
                ? S3Operation.LIST_OBJECTS_V2
                : S3Operation.LIST_OBJECTS;
    }

    private static S3Operation putOnBucket(Query query) {
        if (query.has("versioning")) {
            return S3Operation.PUT_BUCKET_VERSIONING;
        }
        return query.has("acl") || query.has("tagging") ? S3Operation.UNKNOWN : S3Operation.CREATE_BUCKET;
    }

    private static S3Operation onObject(HttpRequest request, Query query) {
        boolean upload = query.has("uploadId");
        boolean tagging = query.has("tagging");
        boolean acl = query.has("acl");
        return switch (request.method()) {
            case "GET" -> {
                if (query.has("attributes")) {
                    yield S3Operation.GET_OBJECT_ATTRIBUTES;
                }
                yield either(
                        tagging,
                        S3Operation.GET_OBJECT_TAGGING,
                        acl,
                        S3Operation.GET_OBJECT_ACL,
                        upload,
                        S3Operation.LIST_PARTS,
                        S3Operation.GET_OBJECT);
            }
            case "HEAD" -> S3Operation.HEAD_OBJECT;
            case "PUT" -> {
                boolean copy = request.headers().has("x-amz-copy-source");
                yield either(
                        tagging,
                        S3Operation.PUT_OBJECT_TAGGING,
                        acl,
                        S3Operation.PUT_OBJECT_ACL,
                        upload,
                        copy ? S3Operation.UPLOAD_PART_COPY : S3Operation.UPLOAD_PART,
                        copy ? S3Operation.COPY_OBJECT : S3Operation.PUT_OBJECT);
            }
            case "POST" ->
                either(
                        query.has("uploads"),
                        S3Operation.CREATE_MULTIPART_UPLOAD,
                        upload,
                        S3Operation.COMPLETE_MULTIPART_UPLOAD,
                        false,
                        S3Operation.UNKNOWN,
                        S3Operation.UNKNOWN);
            case "DELETE" ->
                either(
                        tagging,
                        S3Operation.DELETE_OBJECT_TAGGING,
                        upload,
                        S3Operation.ABORT_MULTIPART_UPLOAD,
                        false,
                        S3Operation.UNKNOWN,
                        S3Operation.DELETE_OBJECT);
            default -> S3Operation.UNKNOWN;
        };
    }

    private static S3Operation either(
            boolean first,
            S3Operation ifFirst,
            boolean second,
            S3Operation ifSecond,
            boolean third,
            S3Operation ifThird,
            S3Operation otherwise) {
        if (first) {
            return ifFirst;
        }
        if (second) {
            return ifSecond;
        }
        return third ? ifThird : otherwise;
    }
}
