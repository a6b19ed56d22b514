package dev.replicator.infra.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A rendered policy of a role between the buckets {@code dev} and {@code prod}. */
record AwsPolicy(JsonNode document) {
    /** Every action that is allowed, where it is, of this service. */
    SortedSet<Grant> allowed(String service) {
        SortedSet<Grant> grants = new TreeSet<>();
        statements("Allow").forEach(statement -> {
            for (String resource : texts(statement.path("Resource"))) {
                texts(statement.path("Action")).stream()
                        .filter(action -> action.startsWith(service + ":"))
                        .forEach(action -> grants.add(new Grant(side(action, resource), action)));
            }
        });
        return grants;
    }

    List<JsonNode> statements(String effect) {
        return StreamSupport.stream(document.path("Statement").spliterator(), false)
                .filter(statement -> statement.path("Effect").asText().equals(effect))
                .toList();
    }

    /** What stands there as one text or as a list. */
    static List<String> texts(JsonNode node) {
        return node.isTextual()
                ? List.of(node.asText())
                : StreamSupport.stream(node.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList();
    }

    private static Side side(String action, String resource) {
        if (resource.endsWith(":key/dev")) {
            return Side.SOURCE;
        }
        if (resource.endsWith(":key/prod")) {
            return Side.DESTINATION;
        }
        boolean ofBuckets = action.startsWith("s3:ListBucket");
        return Stream.of(
                        new Place("arn:aws:s3:::dev", true, Side.SOURCE),
                        new Place("arn:aws:s3:::dev/*", false, Side.SOURCE),
                        new Place("arn:aws:s3:::prod", true, Side.DESTINATION),
                        new Place("arn:aws:s3:::prod/*", false, Side.DESTINATION),
                        new Place("arn:aws:s3:::prod/.replicator/*", false, Side.CONTROL))
                .filter(place -> place.resource().equals(resource) && place.isBucket() == ofBuckets)
                .findFirst()
                .orElseThrow(() -> new AssertionError(action + " is of no use on " + resource))
                .side();
    }

    /** An action on a bucket does nothing where objects are named, and the other way round. */
    private record Place(String resource, boolean isBucket, Side side) {}
}
