package dev.replicator.execute;

/** Checked right before every request that changes a bucket. */
@FunctionalInterface
public interface MutationGuard {
    MutationGuard NONE = () -> {};

    /**
     * Returns when the caller may go on changing things.
     *
     * @throws NotAllowedException when it may not: the run stops, nothing more is changed
     */
    void check();

    /** The right to change things is lost. */
    final class NotAllowedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public NotAllowedException(String message) {
            super(message);
        }
    }
}
