package dev.replicator.spring.actuate;

import dev.replicator.hook.DeployHook;
import dev.replicator.hook.ManualSync;
import dev.replicator.hook.Validation;
import dev.replicator.report.Counts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The job's status; and, where {@code management.endpoint.replicator.access} is {@code unrestricted}, a sync or a
 * validation on demand, which answers when it has ended.
 */
@Endpoint(id = "replicator", defaultAccess = Access.READ_ONLY)
public final class ReplicatorEndpoint {
    /** What can be asked for. */
    public enum Action {
        SYNC,
        VALIDATE
    }

    private final DeployHook hook;

    ReplicatorEndpoint(DeployHook hook) {
        this.hook = hook;
    }

    /** The document that the command {@code status} prints. */
    @ReadOperation(produces = "application/json")
    public String status() {
        return hook.status().toJson();
    }

    @WriteOperation
    public Map<String, Object> run(Action action) {
        return action == Action.SYNC ? synced(hook.triggerManualSync()) : validated(hook.validate());
    }

    private static Map<String, Object> synced(ManualSync sync) {
        Counts counts = sync.counts();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success", sync.success());
        answer.put("message", sync.message());
        sync.report().ifPresent(report -> {
            answer.put("runId", report.runId());
            answer.put("outcome", report.outcome().name());
        });
        answer.put("copied", counts.copied());
        answer.put("overwritten", counts.overwritten());
        answer.put("deleted", counts.deleted());
        answer.put("unchanged", counts.unchanged());
        answer.put("skipped", counts.skipped());
        answer.put("stale", counts.stale());
        answer.put("failed", counts.failed());
        return answer;
    }

    private static Map<String, Object> validated(Validation validation) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("valid", validation.valid());
        answer.put("message", validation.message());
        answer.put("missing", validation.missing());
        answer.put("mismatched", validation.mismatched());
        answer.put("truncated", validation.truncated());
        return answer;
    }
}
