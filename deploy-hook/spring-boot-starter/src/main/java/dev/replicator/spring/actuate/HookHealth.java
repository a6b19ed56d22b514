package dev.replicator.spring.actuate;

import dev.replicator.hook.DeployHook;
import dev.replicator.hook.HookHandle;
import dev.replicator.hook.HookResult;
import dev.replicator.job.HookSettings.OnFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the hook's newest pass ended, from memory: a probe sends no request. Down only where the job says {@code
 * on-failure: fail}.
 *
 * @param details for people
 */
record HookHealth(boolean up, Map<String, Object> details) {
    static HookHealth of(DeployHook hook, HookHandle handle) {
        Optional<HookResult> latest = handle.latest();
        if (latest.isEmpty()) {
            return new HookHealth(true, Map.of("result", "PENDING"));
        }
        HookResult result = latest.get();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("result", result.kind().name());
        details.put("message", result.message());
        result.deployment().ifPresent(id -> details.put("deployment", id));
        result.runId().ifPresent(id -> details.put("run", id));
        result.nextAttempt().ifPresent(at -> details.put("nextAttempt", at.toString()));
        return new HookHealth(result.isGood() || hook.onFailure() != OnFailure.FAIL, details);
    }
}
