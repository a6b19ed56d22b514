package dev.replicator.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.report.Estimate.Movement;
import dev.replicator.report.Estimate.Side;
import dev.replicator.store.PriceClass;
import dev.replicator.store.RequestCounts;

/** An estimate in the words of the contract with scripts. */
final class EstimateJson {
    private EstimateJson() {}

    static void write(ObjectNode json, Estimate estimate) {
        json.put("objects", estimate.work().objects());
        json.put("movement", word(estimate.movement()));
        bytes(json.putObject("bytes"), estimate);
        json.put("largest", estimate.work().largest());
        ReportJson.requests(json, estimate.work().requests().toMap());
        ObjectNode billed = json.putObject("billed");
        side(billed.putObject("source"), estimate.source(), estimate.work().source());
        side(
                billed.putObject("destination"),
                estimate.destination(),
                estimate.work().destination());
        ObjectNode time = json.putObject("time");
        time.put("atLeastMillis", estimate.atLeast().toMillis());
        time.put("atMostMillis", estimate.atMost().toMillis());
        pace(json.putObject("assumed"), estimate.pace());
    }

    private static void bytes(ObjectNode json, Estimate estimate) {
        for (Movement movement : Movement.values()) {
            json.put(
                    word(movement),
                    movement == estimate.movement() ? estimate.work().bytes() : 0);
        }
    }

    private static String word(Movement movement) {
        return switch (movement) {
            case LOCAL -> "local";
            case SERVER_SIDE -> "serverSide";
            case SERVER_SIDE_ACROSS_REGIONS -> "serverSideAcrossRegions";
            case STREAMED -> "streamed";
        };
    }

    private static void side(ObjectNode json, Side side, RequestCounts requests) {
        json.put("place", side.place());
        json.put("local", side.local());
        json.put("writes", side.local() ? 0 : requests.of(PriceClass.WRITES));
        json.put("reads", side.local() ? 0 : requests.of(PriceClass.READS));
        json.put("free", side.local() ? requests.total() : requests.of(PriceClass.FREE));
    }

    private static void pace(ObjectNode json, AssumedPace pace) {
        json.put("concurrency", pace.concurrency());
        json.put("quickRequestMillis", pace.quickRequest().toMillis());
        json.put("slowRequestMillis", pace.slowRequest().toMillis());
        json.put("fastBytesPerSecond", pace.fastBytes());
        json.put("slowBytesPerSecond", pace.slowBytes());
        json.put("requestsPerSecond", pace.requestsPerSecond());
    }
}
