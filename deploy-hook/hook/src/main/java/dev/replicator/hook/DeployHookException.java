package dev.replicator.hook;

/** Thrown into an application that asked for it ({@code on-failure: fail}) when the hook did not end well. */
public final class DeployHookException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient HookResult result;

    public DeployHookException(HookResult result) {
        super(result.kind() + ": " + result.message());
        this.result = result;
    }

    public HookResult result() {
        return result;
    }
}
