package dev.replicator.server.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.job.CompareMode;
import dev.replicator.server.run.Narrowing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Overrides of a run as a column holds them. */
final class NarrowingJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private NarrowingJson() {}

    static String of(Narrowing narrowing) {
        if (narrowing.isNone()) {
            return "";
        }
        ObjectNode json = JSON.createObjectNode().put("neverDelete", narrowing.neverDelete());
        narrowing.paths().forEach(json.putArray("paths")::add);
        narrowing.compare().ifPresent(compare -> json.put("compare", compare.name()));
        return json.toString();
    }

    static Narrowing read(String text) throws JsonProcessingException {
        if (text.isEmpty()) {
            return Narrowing.NONE;
        }
        JsonNode json = JSON.readTree(text);
        List<String> paths = new ArrayList<>();
        json.path("paths").forEach(path -> paths.add(path.asText()));
        Optional<CompareMode> compare = Optional.of(json.path("compare").asText(""))
                .filter(word -> !word.isEmpty())
                .map(CompareMode::valueOf);
        return new Narrowing(paths, json.path("neverDelete").asBoolean(), compare);
    }
}
