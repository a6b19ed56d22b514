package dev.replicator.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The providers at hand, by scheme. Immutable. */
public final class Stores {
    private final TreeMap<String, StoreProvider> providers = new TreeMap<>();

    private Stores(Collection<? extends StoreProvider> found) {
        found.forEach(provider -> providers.put(provider.scheme(), provider));
    }

    /** Those on the class path. */
    public static Stores onClassPath() {
        List<StoreProvider> found = new ArrayList<>();
        ServiceLoader.load(StoreProvider.class, Stores.class.getClassLoader()).forEach(found::add);
        return new Stores(found);
    }

    public static Stores of(StoreProvider... providers) {
        return new Stores(List.of(providers));
    }

    public Collection<String> schemes() {
        return providers.keySet();
    }

    /**
     * Opens a bucket's root.
     *
     * @throws IllegalArgumentException for a scheme no provider has; the message lists those found
     */
    public ObjectStore open(StoreSettings settings, StoreContext context) {
        return provider(settings.uri()).open(settings, context);
    }

    /** Checks that a provider has the location's scheme; same error as {@link #open}. */
    public StoreProvider provider(StoreUri uri) {
        StoreProvider provider = providers.get(uri.scheme());
        if (provider == null) {
            throw new IllegalArgumentException("no provider for '" + Displays.escaped(uri.scheme())
                    + "://' here; found: " + String.join(", ", providers.keySet()));
        }
        return provider;
    }
}
