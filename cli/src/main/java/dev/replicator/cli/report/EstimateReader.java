package dev.replicator.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.execute.Workload;
import dev.replicator.report.AssumedPace;
import dev.replicator.report.Estimate;
import dev.replicator.report.Estimate.Movement;
import dev.replicator.report.Estimate.Side;
import dev.replicator.store.BucketRef;
import dev.replicator.store.RequestCounts;
import dev.replicator.store.RequestKind;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads estimates as reports have them. Of requests, their classes of billing are known rather than their kinds, and of a
 * side its place: what {@code EstimateText} tells is the same. Stateless and thread-safe.
 */
final class EstimateReader {
    private static final String AT = " at ";

    private EstimateReader() {}

    /** @return empty where there is none, or one that this version can't read */
    static Optional<Estimate> estimate(JsonNode json) {
        return movement(json.path("movement").asText()).map(movement -> {
            JsonNode source = json.path("billed").path("source");
            JsonNode destination = json.path("billed").path("destination");
            long bytes = 0;
            for (JsonNode way : json.path("bytes")) {
                bytes += way.asLong();
            }
            Workload work = new Workload(
                    json.path("objects").asLong(),
                    requests(source),
                    requests(destination),
                    bytes,
                    json.path("largest").asLong());
            return new Estimate(work, movement, side(source), side(destination), pace(json.path("assumed")));
        });
    }

    private static Optional<Movement> movement(String word) {
        return switch (word) {
            case "local" -> Optional.of(Movement.LOCAL);
            case "serverSide" -> Optional.of(Movement.SERVER_SIDE);
            case "serverSideAcrossRegions" -> Optional.of(Movement.SERVER_SIDE_ACROSS_REGIONS);
            case "streamed" -> Optional.of(Movement.STREAMED);
            default -> Optional.empty();
        };
    }

    /** One kind stands for all of its class. */
    private static RequestCounts requests(JsonNode side) {
        return RequestCounts.of(RequestKind.PUT, side.path("writes").asLong())
                .and(RequestKind.GET, side.path("reads").asLong())
                .and(RequestKind.DELETE, side.path("free").asLong());
    }

    private static Side side(JsonNode json) {
        String place = json.path("place").asText();
        boolean local = json.path("local").asBoolean();
        int at = place.indexOf(AT);
        if (at > 0) {
            return new Side(
                    new BucketRef(place.substring(0, at), place.substring(at + AT.length()), "", "", ""), local);
        }
        int blank = place.indexOf(' ');
        return blank < 0
                ? new Side(new BucketRef(place, "", "", "", ""), local)
                : new Side(new BucketRef(place.substring(0, blank), "", place.substring(blank + 1), "", ""), local);
    }

    private static AssumedPace pace(JsonNode json) {
        return new AssumedPace(
                Math.max(1, json.path("concurrency").asInt()),
                Duration.ofMillis(json.path("quickRequestMillis").asLong()),
                Duration.ofMillis(json.path("slowRequestMillis").asLong()),
                Math.max(1, json.path("fastBytesPerSecond").asLong()),
                Math.max(1, json.path("slowBytesPerSecond").asLong()),
                json.path("requestsPerSecond").asInt());
    }
}
