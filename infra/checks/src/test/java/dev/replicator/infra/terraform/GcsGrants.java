package dev.replicator.infra.terraform;

import dev.replicator.testkit.gcs.log.LoggedRequest;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The permissions that requests to Cloud Storage are checked for ("IAM permissions for JSON methods").
 *
 * <table>
 * <caption>What is not plain from a method's name</caption>
 * <tr><td>insert, rewrite, compose</td><td>storage.objects.create; where something is there already,
 * storage.objects.delete too: so unless the request says ifGenerationMatch=0</td></tr>
 * <tr><td>rewrite</td><td>storage.objects.get of the source</td></tr>
 * <tr><td>compose</td><td>storage.objects.get of the components</td></tr>
 * <tr><td>bytes for a session, its end, the question how far it is</td><td>nothing: its URL is the right to it</td></tr>
 * <tr><td>buckets.get</td><td>nothing: it asks for the time, which a refusal tells as well; {@link RecordedJob} refuses
 * each</td></tr>
 * </table>
 */
final class GcsGrants {
    private static final String SOURCE_BUCKET = "dev";

    private GcsGrants() {}

    /** What all of them are checked for. */
    static SortedSet<Grant> of(List<LoggedRequest> requests) {
        SortedSet<Grant> grants = new TreeSet<>();
        requests.forEach(request -> of(request).forEach(grants::add));
        return grants;
    }

    private static Stream<Grant> of(LoggedRequest request) {
        Side side = side(request.bucket(), request.key());
        return switch (request.operation()) {
            case LIST -> grants(listed(side), "storage.objects.list");
            case GET, MEDIA -> grants(side, "storage.objects.get");
            case INSERT, RESUMABLE_START -> written(side, request);
            case BUCKET_GET, RESUMABLE_CHUNK, RESUMABLE_QUERY, RESUMABLE_CANCEL -> Stream.empty();
            case REWRITE -> Stream.concat(read(request.call().source()), written(side, request));
            case COMPOSE -> Stream.concat(grants(Side.CONTROL, "storage.objects.get"), written(side, request));
            case PATCH -> grants(side, "storage.objects.get", "storage.objects.update");
            case DELETE -> grants(side, "storage.objects.delete");
            default -> throw new AssertionError("no permission is known of " + request);
        };
    }

    private static Stream<Grant> written(Side side, LoggedRequest request) {
        boolean creates = "0".equals(request.call().query().get("ifGenerationMatch"));
        return creates
                ? grants(side, "storage.objects.create")
                : grants(side, "storage.objects.create", "storage.objects.delete");
    }

    /** @param source {@code bucket/name} */
    private static Stream<Grant> read(String source) {
        int slash = source.indexOf('/');
        return grants(side(source.substring(0, slash), source.substring(slash + 1)), "storage.objects.get");
    }

    private static Side side(String bucket, String key) {
        if (bucket.equals(SOURCE_BUCKET)) {
            return Side.SOURCE;
        }
        return key.startsWith(".replicator/") ? Side.CONTROL : Side.DESTINATION;
    }

    private static Side listed(Side side) {
        return side == Side.CONTROL ? Side.DESTINATION : side;
    }

    private static Stream<Grant> grants(Side side, String... permissions) {
        return Stream.of(permissions).map(permission -> new Grant(side, permission));
    }
}
