package dev.replicator.testkit.gcs.request;

import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.http.Headers;
import dev.replicator.testkit.http.HttpRequest;
import dev.replicator.testkit.http.Percent;
import dev.replicator.testkit.http.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a request is for from its method and path. Names of objects are one segment, so a slash in them must be
 * encoded; what no form fits is {@link GcsOperation#UNKNOWN}.
 */
public final class Router {
    private final String method;
    private final List<String> path;
    private final Query query;
    private final Headers headers;

    private Router(String method, List<String> path, Query query, Headers headers) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
    }

    public static Route route(HttpRequest request) {
        Optional<Query> query = Query.parse(request.query());
        List<String> path = new ArrayList<>();
        boolean decoded = query.isPresent();
        for (String segment : request.path().substring(1).split("/", -1)) {
            Optional<String> text = Percent.decode(segment);
            decoded &= text.isPresent();
            text.ifPresent(path::add);
        }
        String method = request.headers()
                .first("x-http-method-override")
                .filter(override -> request.method().equals("POST"))
                .orElse(request.method());
        Query known = query.orElseGet(() -> new Query(List.of()));
        Router router = new Router(method, path, known, request.headers());
        return decoded ? router.route() : router.to(GcsOperation.UNKNOWN);
    }

    private Route route() {
        if (begins("upload", "storage", "v1", "b")
                && path.size() == 6
                && path.get(5).equals("o")) {
            return to(upload(), path.get(4), query.first("name").orElse(""));
        }
        if (begins("download", "storage", "v1", "b")
                && path.size() == 7
                && path.get(5).equals("o")) {
            return to(isMedia() ? GcsOperation.MEDIA : GcsOperation.GET, path.get(4), path.get(6));
        }
        if (path.equals(List.of("batch", "storage", "v1")) && method.equals("POST")) {
            return to(GcsOperation.BATCH);
        }
        return begins("storage", "v1", "b") ? storage(path.subList(3, path.size())) : to(GcsOperation.UNKNOWN);
    }

    private Route storage(List<String> rest) {
        boolean ofObjects = rest.size() > 1 && rest.get(1).equals("o");
        return switch (rest.size()) {
            case 0 -> to(onBuckets());
            case 1 -> to(onBucket(), rest.get(0), "");
            case 2 -> ofObjects ? to(onObjects(), rest.get(0), "") : to(GcsOperation.UNKNOWN);
            case 3 -> ofObjects ? to(onObject(), rest.get(0), rest.get(2)) : to(permissions(rest), rest.get(0), "");
            case 4 -> to(belowObject(rest), rest.get(0), rest.get(2));
            case 8 -> copying(rest);
            default -> to(GcsOperation.UNKNOWN);
        };
    }

    private Route copying(List<String> rest) {
        boolean fits = rest.get(1).equals("o")
                && rest.get(4).equals("b")
                && rest.get(6).equals("o")
                && method.equals("POST");
        GcsOperation operation = switch (rest.get(3)) {
            case "rewriteTo" -> GcsOperation.REWRITE;
            case "copyTo" -> GcsOperation.COPY;
            default -> GcsOperation.UNKNOWN;
        };
        return new Route(
                fits ? operation : GcsOperation.UNKNOWN,
                method,
                rest.get(5),
                rest.get(7),
                rest.get(0),
                rest.get(2),
                query);
    }

    private GcsOperation upload() {
        if (query.has("upload_id")) {
            return session();
        }
        if (!method.equals("POST")) {
            return GcsOperation.UNKNOWN;
        }
        return query.first("uploadType").filter("resumable"::equals).isPresent()
                ? GcsOperation.RESUMABLE_START
                : GcsOperation.INSERT;
    }

    private GcsOperation session() {
        if (method.equals("DELETE")) {
            return GcsOperation.RESUMABLE_CANCEL;
        }
        if (!method.equals("PUT") && !method.equals("POST")) {
            return GcsOperation.UNKNOWN;
        }
        boolean asks = headers.first("content-range")
                .filter(range -> range.equals("bytes */*"))
                .isPresent();
        return asks ? GcsOperation.RESUMABLE_QUERY : GcsOperation.RESUMABLE_CHUNK;
    }

    private GcsOperation onBuckets() {
        return switch (method) {
            case "GET" -> GcsOperation.BUCKET_LIST;
            case "POST" -> GcsOperation.BUCKET_INSERT;
            default -> GcsOperation.UNKNOWN;
        };
    }

    private GcsOperation onBucket() {
        return switch (method) {
            case "GET" -> GcsOperation.BUCKET_GET;
            case "PATCH", "PUT" -> GcsOperation.BUCKET_PATCH;
            case "DELETE" -> GcsOperation.BUCKET_DELETE;
            default -> GcsOperation.UNKNOWN;
        };
    }

    private GcsOperation onObjects() {
        return method.equals("GET") ? GcsOperation.LIST : GcsOperation.UNKNOWN;
    }

    private GcsOperation onObject() {
        return switch (method) {
            case "GET" -> isMedia() ? GcsOperation.MEDIA : GcsOperation.GET;
            case "PATCH" -> GcsOperation.PATCH;
            case "PUT" -> GcsOperation.UPDATE;
            case "DELETE" -> GcsOperation.DELETE;
            default -> GcsOperation.UNKNOWN;
        };
    }

    private GcsOperation permissions(List<String> rest) {
        boolean asks = rest.get(1).equals("iam") && rest.get(2).equals("testPermissions") && method.equals("GET");
        return asks ? GcsOperation.TEST_PERMISSIONS : GcsOperation.UNKNOWN;
    }

    private GcsOperation belowObject(List<String> rest) {
        if (!rest.get(1).equals("o")) {
            return GcsOperation.UNKNOWN;
        }
        if (rest.get(3).equals("compose") && method.equals("POST")) {
            return GcsOperation.COMPOSE;
        }
        return rest.get(3).equals("acl") && method.equals("GET") ? GcsOperation.ACL_LIST : GcsOperation.UNKNOWN;
    }

    private boolean isMedia() {
        return query.first("alt").filter("media"::equals).isPresent();
    }

    private boolean begins(String... words) {
        return path.size() >= words.length && path.subList(0, words.length).equals(List.of(words));
    }

    private Route to(GcsOperation operation) {
        return to(operation, "", "");
    }

    private Route to(GcsOperation operation, String bucket, String name) {
        return new Route(operation, method, bucket, name, "", "", query);
    }
}
