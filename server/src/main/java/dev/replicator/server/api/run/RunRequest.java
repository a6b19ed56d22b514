package dev.replicator.server.api.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.replicator.job.CompareMode;
import dev.replicator.server.api.Problem;
import dev.replicator.server.run.Narrowing;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunOrder;
import dev.replicator.server.run.Trigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The body of a request for a run. Fields that nobody knows are refused: they are mistyped ones. */
record RunRequest(RunAction action, boolean dryRun, String reason, Narrowing narrowing) {
    private static final Set<String> FIELDS = Set.of("action", "dryRun", "reason", "overrides");
    private static final Set<String> OVERRIDES = Set.of("paths", "delete", "compare");
    private static final int MOST_PATHS = 100;
    private static final int LONGEST_PATH = 1_024;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static RunRequest parse(String body) {
        JsonNode json = object(body);
        checkFields(json, "", FIELDS);
        JsonNode dryRun = json.path("dryRun");
        if (!dryRun.isMissingNode() && !dryRun.isBoolean()) {
            throw Problem.badField("/dryRun", "is true or false").thrown();
        }
        RunAction action = action(text(json, "", "action", "sync"));
        if (dryRun.asBoolean() && action != RunAction.SYNC && action != RunAction.PLAN) {
            throw Problem.badField("/dryRun", "is for syncs: this action writes nothing anyway")
                    .thrown();
        }
        return new RunRequest(
                action,
                dryRun.asBoolean(),
                limited(text(json, "", "reason", ""), "/reason", Trigger.MAX_REASON),
                narrowing(json.path("overrides")));
    }

    RunOrder order(String job, String by) {
        return new RunOrder(
                job, action, dryRun, new Trigger(Trigger.Kind.API, by, reason), narrowing, Optional.empty());
    }

    /** The object that a body is; an empty body is an empty object. */
    static JsonNode object(String body) {
        JsonNode json = read(body.isBlank() ? "{}" : body);
        if (!json.isObject()) {
            throw Problem.badRequest("the body is no JSON object").thrown();
        }
        return json;
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw Problem.badRequest("the body is no JSON: " + e.getOriginalMessage())
                    .thrown();
        }
    }

    static void checkFields(JsonNode json, String at, Set<String> known) {
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                String escaped = name.replace("~", "~0").replace("/", "~1");
                throw Problem.badField(at + "/" + escaped, "there is no such field")
                        .thrown();
            }
        }
    }

    static String text(JsonNode json, String at, String field, String otherwise) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isTextual()) {
            throw Problem.badField(at + "/" + field, "is a text").thrown();
        }
        return value.asText();
    }

    static String limited(String text, String pointer, int most) {
        if (text.codePointCount(0, text.length()) > most || text.length() > 2 * most) {
            throw Problem.badField(pointer, "has " + most + " characters at most")
                    .thrown();
        }
        return text.length() > most ? text.substring(0, most) : text;
    }

    private static Narrowing narrowing(JsonNode json) {
        if (json.isMissingNode()) {
            return Narrowing.NONE;
        }
        if (!json.isObject()) {
            throw Problem.badField("/overrides", "is an object").thrown();
        }
        checkFields(json, "/overrides", OVERRIDES);
        String delete = text(json, "/overrides", "delete", "");
        if (json.has("delete") && !delete.equals("never")) {
            throw Problem.badField("/overrides/delete", "can only be 'never': a run can't delete more than its job")
                    .thrown();
        }
        return new Narrowing(paths(json.path("paths")), json.has("delete"), compare(json));
    }

    private static List<String> paths(JsonNode json) {
        if (json.isMissingNode()) {
            return List.of();
        }
        if (!json.isArray() || json.size() == 0 || json.size() > MOST_PATHS) {
            throw Problem.badField("/overrides/paths", "is a list of 1 to " + MOST_PATHS + " paths")
                    .thrown();
        }
        List<String> paths = new ArrayList<>();
        for (JsonNode path : json) {
            if (!path.isTextual() || path.asText().isEmpty() || path.asText().length() > LONGEST_PATH) {
                throw Problem.badField(
                                "/overrides/paths/" + paths.size(), "is a text of 1 to " + LONGEST_PATH + " characters")
                        .thrown();
            }
            paths.add(path.asText());
        }
        return paths;
    }

    private static Optional<CompareMode> compare(JsonNode json) {
        String word = text(json, "/overrides", "compare", "");
        if (!json.has("compare")) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(CompareMode.values())
                .filter(mode -> word(mode).equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.badField(
                                "/overrides/compare",
                                "is one of "
                                        + Arrays.stream(CompareMode.values())
                                                .map(RunRequest::word)
                                                .collect(Collectors.joining(", ")))
                        .thrown()));
    }

    private static String word(CompareMode mode) {
        return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static RunAction action(String word) {
        return Arrays.stream(RunAction.values())
                .filter(action -> action != RunAction.APPLY && action.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.badField("/action", "is one of sync, plan, validate, drift")
                        .thrown());
    }
}
