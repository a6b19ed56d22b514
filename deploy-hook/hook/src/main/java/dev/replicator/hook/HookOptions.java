package dev.replicator.hook;

import java.util.Optional;

/**
 * What a caller asks for beyond the job's settings.
 *
 * @param environment given by a flag, above every variable
 * @param deployment given by a flag, above every variable
 * @param again run though this deployment was applied, backs off or would be deferred
 * @param singleReplica the caller vouches that no other process runs this job: no lease where the store can't hold one
 * @param waitForInterval a deferred deployment waits until it is due
 */
record HookOptions(
        Optional<String> environment,
        Optional<String> deployment,
        boolean again,
        boolean singleReplica,
        boolean waitForInterval) {
    static final HookOptions NONE = new HookOptions(Optional.empty(), Optional.empty(), false, false, false);

    HookOptions withEnvironment(String value) {
        return new HookOptions(Optional.of(value), deployment, again, singleReplica, waitForInterval);
    }

    HookOptions withDeployment(String value) {
        return new HookOptions(environment, Optional.of(value), again, singleReplica, waitForInterval);
    }

    HookOptions runningAgain() {
        return new HookOptions(environment, deployment, true, singleReplica, waitForInterval);
    }

    HookOptions asSingleReplica() {
        return new HookOptions(environment, deployment, again, true, waitForInterval);
    }

    HookOptions waitingForInterval() {
        return new HookOptions(environment, deployment, again, singleReplica, true);
    }
}
