package dev.replicator.spring;

import dev.replicator.hook.DeployHookException;
import dev.replicator.hook.HookResult.Kind;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why the application did not start, and what to do, in place of a stack trace. */
final class HookFailureAnalyzer extends AbstractFailureAnalyzer<DeployHookException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, DeployHookException cause) {
        Kind kind = cause.result().kind();
        String mend = kind == Kind.NOT_CONFIGURED
                ? "Correct what is named above in application.yaml (or replicator.yaml)"
                : "Mend what is named above and start again; nothing is lost, the next run goes on from there";
        return new FailureAnalysis(
                "The deploy hook ended " + kind + ", and its job says on-failure: fail.\n\n"
                        + cause.result().message(),
                mend + ".\n\nTo start in spite of it: replicator.jobs.<name>.hook.on-failure: warn,"
                        + " or replicator.hook.enabled: false.",
                cause);
    }
}
