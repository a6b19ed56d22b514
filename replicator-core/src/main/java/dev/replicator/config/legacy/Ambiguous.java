package dev.replicator.config.legacy;

/** A variable's value can't be understood; never leaves this package. The message names the variable. */
final class Ambiguous extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Ambiguous(String reason) {
        super(reason);
        this.reason = reason;
    }

    @Override
    public String getMessage() {
        return reason;
    }
}
