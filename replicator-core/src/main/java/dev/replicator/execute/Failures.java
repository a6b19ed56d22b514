package dev.replicator.execute;

import dev.replicator.execute.ActionResult.FailureCause;
import dev.replicator.execute.ActionResult.SkipReason;
import dev.replicator.plan.Action;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.NoSpaceException;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.UnprovenListingException;
import dev.replicator.store.wrap.SourceReadException;
import java.util.Optional;

/** What an exception means for one action, and whether it ends the run. */
public final class Failures {
    private Failures() {}

    /** The result of an action that threw {@code e}. */
    public static ActionResult resultOf(Action action, RuntimeException e) {
        Optional<MutationGuard.NotAllowedException> refusal = refusalIn(e);
        if (refusal.isPresent()) {
            return new ActionResult.NotRun(action, text(refusal.get()));
        }
        if (e instanceof Fidelity.LossException loss) {
            return new ActionResult.Skipped(action, SkipReason.METADATA_LOSS, loss.losses());
        }
        RuntimeException reason = e instanceof SourceReadException read ? read.reason() : e;
        if (reason instanceof StaleObjectException || reason instanceof ObjectNotFoundException) {
            return new ActionResult.Stale(action, text(reason));
        }
        if (reason instanceof InvalidRequestException invalid) {
            return invalid(action, invalid);
        }
        return new ActionResult.Failed(action, causeOf(reason), text(reason));
    }

    private static ActionResult invalid(Action action, InvalidRequestException e) {
        return switch (e.why()) {
            case UNSAFE_KEY -> new ActionResult.Skipped(action, SkipReason.UNSAFE_KEY);
            case ARCHIVED -> new ActionResult.Skipped(action, SkipReason.ARCHIVED);
            case TOO_LARGE -> new ActionResult.Skipped(action, SkipReason.TOO_LARGE_FOR_DESTINATION);
            case CUSTOMER_KEY -> new ActionResult.Skipped(action, SkipReason.ENCRYPTED_WITH_CUSTOMER_KEY);
            case METADATA -> new ActionResult.Skipped(action, SkipReason.METADATA_LOSS);
            case OTHER -> new ActionResult.Failed(action, FailureCause.INVALID, text(e));
        };
    }

    private static FailureCause causeOf(RuntimeException e) {
        if (e instanceof AccessDeniedException || e instanceof CredentialsException) {
            return FailureCause.PERMISSION;
        }
        if (e instanceof TransientStoreException trouble) {
            return switch (trouble.trouble()) {
                case THROTTLED -> FailureCause.THROTTLED;
                case CONFLICT -> FailureCause.CONFLICT;
                case NETWORK, SERVER_ERROR -> FailureCause.NETWORK;
            };
        }
        if (e instanceof CorruptObjectException || e instanceof UnprovenListingException) {
            return FailureCause.CORRUPT;
        }
        return e instanceof StoreException ? FailureCause.INVALID : FailureCause.INTERNAL;
    }

    /** The problem that ends the whole run, if {@code e} is of that kind: nothing else will work either. */
    static Optional<Problem> fatal(RuntimeException e) {
        Optional<MutationGuard.NotAllowedException> refusal = refusalIn(e);
        if (refusal.isPresent()) {
            return Optional.of(new Problem(Problem.Kind.LOCKED, text(refusal.get())));
        }
        RuntimeException reason = e instanceof SourceReadException read ? read.reason() : e;
        if (reason instanceof CredentialsException || reason instanceof BucketNotFoundException) {
            return Optional.of(new Problem(Problem.Kind.ACCESS, text(reason)));
        }
        return reason instanceof NoSpaceException
                ? Optional.of(new Problem(Problem.Kind.FAILED, text(reason)))
                : Optional.empty();
    }

    /** The problem of a run whose listing failed with {@code e}. */
    public static Problem ofListing(StoreException e) {
        boolean access = e instanceof CredentialsException
                || e instanceof BucketNotFoundException
                || e instanceof AccessDeniedException;
        return new Problem(access ? Problem.Kind.ACCESS : Problem.Kind.FAILED, text(e));
    }

    private static Optional<MutationGuard.NotAllowedException> refusalIn(Throwable e) {
        Throwable at = e;
        for (int depth = 0; at != null && depth < 16; depth++) {
            if (at instanceof MutationGuard.NotAllowedException refusal) {
                return Optional.of(refusal);
            }
            at = at.getCause();
        }
        return Optional.empty();
    }

    private static String text(RuntimeException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
