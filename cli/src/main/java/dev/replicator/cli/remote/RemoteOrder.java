package dev.replicator.cli.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.option.JobOptions;
import dev.replicator.cli.option.ScopeOptions;
import dev.replicator.cli.option.Words;
import dev.replicator.cli.output.JsonText;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a server is asked to do.
 *
 * @param job absent: its only one
 * @param action in the API's words
 */
public record RemoteOrder(Optional<String> job, String action, boolean dryRun, Optional<ObjectNode> overrides) {
    /** Options that narrow a job, which a server takes. */
    public static final Set<String> NARROWING = Set.of("--path", "--compare");

    /** Of a job with what narrows it. */
    public static RemoteOrder of(JobOptions selection, ScopeOptions scope, String action, boolean dryRun) {
        return of(selection.words(), scope, action, dryRun);
    }

    public static RemoteOrder of(List<String> words, ScopeOptions scope, String action, boolean dryRun) {
        if (words.size() > 1) {
            throw CliException.usage(
                    "a server runs the jobs of its configuration; two locations given by hand are worked on here, without"
                            + " --server");
        }
        ObjectNode overrides = JsonText.node();
        if (!scope.paths().isEmpty()) {
            scope.paths().forEach(overrides.putArray("paths")::add);
        }
        scope.compare().ifPresent(compare -> overrides.put("compare", Words.of(compare)));
        return new RemoteOrder(
                words.stream().findFirst(),
                action,
                dryRun,
                overrides.isEmpty() ? Optional.empty() : Optional.of(overrides));
    }

    /** Whether it is a validation or a look for drift. */
    boolean looks() {
        return action.equals("validate") || action.equals("drift");
    }

    boolean writesNothing() {
        return dryRun || action.equals("plan");
    }

    ObjectNode body() {
        ObjectNode body = JsonText.node().put("action", action);
        if (dryRun) {
            body.put("dryRun", true);
        }
        overrides.ifPresent(narrowed -> body.set("overrides", narrowed));
        return body;
    }
}
