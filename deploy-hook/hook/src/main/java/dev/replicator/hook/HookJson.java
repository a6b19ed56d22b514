package dev.replicator.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.replicator.hook.control.Applied;
import dev.replicator.hook.control.RunHistory;
import dev.replicator.report.ReportJson;
import java.util.Optional;

/** Results and status in the words of the contract with scripts; absent values are {@code null}. */
final class HookJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private HookJson() {}

    static String of(HookResult result) {
        ObjectNode json = JSON.createObjectNode();
        json.put("result", result.kind().name());
        json.put("message", result.message());
        json.put("deployment", result.deployment().orElse(null));
        json.put("runId", result.runId().orElse(null));
        json.put("outcome", result.outcome().map(Enum::name).orElse(null));
        json.put("nextAttempt", result.nextAttempt().map(Object::toString).orElse(null));
        json.put("holder", result.holder().orElse(null));
        result.report().ifPresent(report -> json.putRawValue("report", new RawValue(ReportJson.of(report))));
        result.validation().ifPresent(found -> json.putRawValue("validation", new RawValue(ReportJson.of(found))));
        return text(json);
    }

    static String of(HookStatus status) {
        ObjectNode json = JSON.createObjectNode();
        json.put("environment", status.environment());
        json.put("configured", status.configured());
        json.put("configuredReason", status.configuredReason());
        json.put("hookActive", status.hookActive());
        json.put("hookReason", status.hookReason());
        json.put("deployment", status.deployment().orElse(null));
        marker(json, status.marker());
        lease(json, status.lease());
        status.deferred()
                .ifPresentOrElse(
                        deferral -> json.putObject("deferred")
                                .put("deployment", deferral.deployment())
                                .put("due", deferral.due().toString()),
                        () -> json.putNull("deferred"));
        status.attempt()
                .ifPresentOrElse(
                        attempt -> json.putObject("attempt")
                                .put("deployment", attempt.deployment())
                                .put("outcome", attempt.outcome())
                                .put("tries", attempt.tries())
                                .put("notBefore", attempt.notBefore().toString())
                                .put("message", attempt.message()),
                        () -> json.putNull("attempt"));
        ArrayNode runs = json.putArray("lastRuns");
        for (RunHistory.Entry run : status.lastRuns()) {
            runs.addRawValue(new RawValue(run.json()));
        }
        side(json, "source", status.source());
        side(json, "destination", status.destination());
        ArrayNode problems = json.putArray("problems");
        status.problems().forEach(problem -> problems.add(problem.message()));
        return text(json);
    }

    private static void marker(ObjectNode json, Optional<Applied> marker) {
        if (marker.isEmpty()) {
            json.putNull("marker");
            return;
        }
        json.putObject("marker")
                .put("deployment", marker.get().deployment())
                .put("runId", marker.get().runId())
                .put("lease", marker.get().lease())
                .put("outcome", marker.get().outcome().name())
                .put("appliedAt", marker.get().appliedAt().toString())
                .put("host", marker.get().host());
    }

    private static void lease(ObjectNode json, Optional<HookStatus.LeaseStatus> lease) {
        if (lease.isEmpty()) {
            json.putNull("lease");
            return;
        }
        json.putObject("lease")
                .put("number", lease.get().number())
                .put("holder", lease.get().holder())
                .put("held", lease.get().held())
                .put("newest", lease.get().newest().toString());
    }

    private static void side(ObjectNode json, String name, Optional<HookStatus.Side> side) {
        if (side.isEmpty()) {
            json.putNull(name);
            return;
        }
        ObjectNode node = json.putObject(name).put("uri", side.get().uri());
        side.get()
                .count()
                .ifPresent(count -> node.put("objects", count.objects()).put("bytes", count.bytes()));
    }

    private static String text(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values are always writable", e);
        }
    }
}
