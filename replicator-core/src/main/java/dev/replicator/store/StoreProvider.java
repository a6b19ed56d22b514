package dev.replicator.store;

/** Opens stores of one scheme; found by {@link java.util.ServiceLoader}. */
public interface StoreProvider {
    /** {@code s3}, {@code gs}, {@code file}, … */
    String scheme();

    /**
     * Opens a bucket's root (the settings' prefix is applied by a decorator). Sends no request.
     *
     * @throws InvalidRequestException when the settings can't work
     */
    ObjectStore open(StoreSettings settings, StoreContext context);
}
