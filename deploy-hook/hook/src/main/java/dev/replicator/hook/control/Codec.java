package dev.replicator.hook.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.report.Counts;
import dev.replicator.report.Outcome;
import dev.replicator.store.Capability;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** How a kind of control object is written into and read from its envelope. */
interface Codec<T> {
    void write(T value, ObjectNode into);

    T read(JsonNode from) throws Envelope.MalformedException;

    Codec<Applied> APPLIED = new Codec<>() {
        @Override
        public void write(Applied value, ObjectNode into) {
            into.put("deployment", value.deployment());
            into.put("runId", value.runId());
            into.put("lease", value.lease());
            into.put("outcome", value.outcome().name());
            into.put("appliedAt", value.appliedAt().toString());
            into.put("host", value.host());
            into.putObject("counts")
                    .put("copied", value.counts().copied())
                    .put("overwritten", value.counts().overwritten())
                    .put("deleted", value.counts().deleted())
                    .put("metadataUpdated", value.counts().metadataUpdated())
                    .put("unchanged", value.counts().unchanged())
                    .put("skipped", value.counts().skipped())
                    .put("unguarded", value.counts().unguarded())
                    .put("bytes", value.counts().bytes());
        }

        @Override
        public Applied read(JsonNode from) throws Envelope.MalformedException {
            JsonNode counts = from.path("counts");
            return new Applied(
                    text(from, "deployment"),
                    text(from, "runId"),
                    number(from, "lease"),
                    outcome(text(from, "outcome")),
                    new Counts(
                            number(counts, "copied"),
                            number(counts, "overwritten"),
                            number(counts, "deleted"),
                            number(counts, "metadataUpdated"),
                            number(counts, "unchanged"),
                            number(counts, "skipped"),
                            0,
                            0,
                            0,
                            number(counts, "unguarded"),
                            number(counts, "bytes")),
                    instant(from, "appliedAt"),
                    text(from, "host"));
        }
    };

    Codec<FailedAttempt> ATTEMPT = new Codec<>() {
        @Override
        public void write(FailedAttempt value, ObjectNode into) {
            into.put("deployment", value.deployment());
            into.put("runId", value.runId());
            into.put("outcome", value.outcome());
            into.put("message", value.message());
            into.put("tries", value.tries());
            into.put("failedAt", value.failedAt().toString());
            into.put("notBefore", value.notBefore().toString());
        }

        @Override
        public FailedAttempt read(JsonNode from) throws Envelope.MalformedException {
            return new FailedAttempt(
                    text(from, "deployment"),
                    text(from, "runId"),
                    text(from, "outcome"),
                    text(from, "message"),
                    (int) Math.max(1, Math.min(1_000_000, number(from, "tries"))),
                    instant(from, "failedAt"),
                    instant(from, "notBefore"));
        }
    };

    Codec<Deferral> DEFERRAL = new Codec<>() {
        @Override
        public void write(Deferral value, ObjectNode into) {
            into.put("deployment", value.deployment());
            into.put("due", value.due().toString());
            into.put("deferredAt", value.deferredAt().toString());
        }

        @Override
        public Deferral read(JsonNode from) throws Envelope.MalformedException {
            return new Deferral(text(from, "deployment"), instant(from, "due"), instant(from, "deferredAt"));
        }
    };

    Codec<ProbedCapabilities> CAPABILITIES = new Codec<>() {
        @Override
        public void write(ProbedCapabilities value, ObjectNode into) {
            into.put("place", value.place());
            into.put("probe", value.probe());
            into.put("probedAt", value.probedAt().toString());
            ArrayNode found = into.putArray("found");
            value.found().stream().sorted().forEach(capability -> found.add(capability.name()));
        }

        @Override
        public ProbedCapabilities read(JsonNode from) throws Envelope.MalformedException {
            Set<Capability> found = EnumSet.noneOf(Capability.class);
            for (JsonNode name : from.path("found")) {
                Arrays.stream(Capability.values())
                        .filter(capability -> capability.name().equals(name.asText()))
                        .forEach(found::add);
            }
            return new ProbedCapabilities(
                    text(from, "place"), (int) number(from, "probe"), instant(from, "probedAt"), found);
        }
    };

    private static String text(JsonNode node, String field) throws Envelope.MalformedException {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw new Envelope.MalformedException("it lacks '" + field + "'");
        }
        return value.textValue();
    }

    private static long number(JsonNode node, String field) throws Envelope.MalformedException {
        JsonNode value = node.path(field);
        if (!value.canConvertToLong()) {
            throw new Envelope.MalformedException("it lacks the number '" + field + "'");
        }
        return value.longValue();
    }

    private static Instant instant(JsonNode node, String field) throws Envelope.MalformedException {
        try {
            return Instant.parse(text(node, field));
        } catch (DateTimeException e) {
            throw new Envelope.MalformedException("'" + field + "' is no time");
        }
    }

    private static Outcome outcome(String word) throws Envelope.MalformedException {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new Envelope.MalformedException("its outcome is unknown"));
    }
}
