package dev.replicator.hook;

import dev.replicator.execute.Problem;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CredentialsException;

/** What went wrong, in the classes of the exit codes. */
final class Problems {
    private Problems() {}

    static Problem of(RuntimeException e) {
        boolean access = e instanceof AccessDeniedException
                || e instanceof CredentialsException
                || e instanceof BucketNotFoundException;
        return new Problem(access ? Problem.Kind.ACCESS : Problem.Kind.FAILED, String.valueOf(e.getMessage()));
    }
}
