package dev.replicator.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunOrder;
import dev.replicator.server.run.Trigger;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The body of a request for a run. Fields that nobody knows are refused: they are mistyped ones. */
record RunRequest(RunAction action, boolean dryRun, String reason) {
    private static final Set<String> FIELDS = Set.of("action", "dryRun", "reason");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static RunRequest parse(String body) {
        JsonNode json = read(body.isBlank() ? "{}" : body);
        if (!json.isObject()) {
            throw Problem.badRequest("the body is no JSON object").thrown();
        }
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw Problem.badRequest("there is no field '" + name + "'").thrown();
            }
        }
        JsonNode dryRun = json.path("dryRun");
        if (!dryRun.isMissingNode() && !dryRun.isBoolean()) {
            throw Problem.badRequest("dryRun is true or false").thrown();
        }
        String reason = text(json, "reason", "");
        if (reason.length() > Trigger.MAX_REASON) {
            throw Problem.badRequest("reason has " + Trigger.MAX_REASON + " characters at most")
                    .thrown();
        }
        return new RunRequest(action(text(json, "action", "sync")), dryRun.asBoolean(), reason);
    }

    RunOrder order(String job, String by) {
        return new RunOrder(job, action, dryRun, new Trigger(Trigger.Kind.API, by, reason));
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw Problem.badRequest("the body is no JSON: " + e.getOriginalMessage())
                    .thrown();
        }
    }

    private static String text(JsonNode json, String field, String otherwise) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isTextual()) {
            throw Problem.badRequest(field + " is a text").thrown();
        }
        return value.asText();
    }

    private static RunAction action(String word) {
        return Arrays.stream(RunAction.values())
                .filter(action -> nameOf(action).equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.badRequest("action is one of "
                                + Arrays.stream(RunAction.values())
                                        .map(RunRequest::nameOf)
                                        .collect(Collectors.joining(", ")))
                        .thrown());
    }

    private static String nameOf(RunAction action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
