package dev.replicator.config.legacy;

import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code DEV_STORAGE_BUCKET}, {@code PROD_STORAGE_BUCKET}, {@code STORAGE_PROVIDER}, {@code
 * PUBLIC_OBJECT_SEARCH_PATHS} and {@code PRIVATE_OBJECT_DIR}. Bucket names never default: a default name can be somebody
 * else's bucket.
 */
public final class LegacyVariables {
    /** The name of the job that they make. */
    public static final String JOB = "default";

    static final String DEV = "DEV_STORAGE_BUCKET";
    static final String PROD = "PROD_STORAGE_BUCKET";
    static final String PROVIDER = "STORAGE_PROVIDER";
    static final String PUBLIC_PATHS = "PUBLIC_OBJECT_SEARCH_PATHS";
    static final String PRIVATE_DIR = "PRIVATE_OBJECT_DIR";

    private final Path workingDirectory;
    private final Map<String, String> environment;

    public LegacyVariables(Path workingDirectory, Map<String, String> environment) {
        this.workingDirectory = workingDirectory;
        this.environment = environment;
    }

    /** Those that are set. */
    public static List<String> present(Map<String, String> environment) {
        return List.of(DEV, PROD, PROVIDER, PUBLIC_PATHS, PRIVATE_DIR).stream()
                .filter(name -> variable(environment, name).isPresent())
                .toList();
    }

    /**
     * The job, or why there is none.
     *
     * @throws IllegalArgumentException when the variables are clear but what they ask for is refused
     */
    public LegacyResult read() {
        Optional<String> dev = variable(environment, DEV);
        Optional<String> prod = variable(environment, PROD);
        if (dev.isEmpty() || prod.isEmpty()) {
            return missing(dev.isPresent(), prod.isPresent());
        }
        List<String> warnings = new ArrayList<>();
        StoreUri source;
        StoreUri destination;
        List<PrefixPair> paths;
        try {
            LegacyLocations locations = new LegacyLocations(workingDirectory, environment, warnings);
            source = locations.location(DEV, dev.get());
            destination = locations.location(PROD, prod.get());
            paths = new LegacyPaths(source, destination, warnings)
                    .pairs(variable(environment, PUBLIC_PATHS), variable(environment, PRIVATE_DIR));
        } catch (Ambiguous e) {
            return new LegacyResult.Missing(e.getMessage());
        }
        return new LegacyResult.Configured(
                job(source, destination, paths), stores(source, destination), List.copyOf(warnings));
    }

    private static LegacyResult missing(boolean dev, boolean prod) {
        if (!dev && !prod) {
            return new LegacyResult.Missing("nothing is configured: write replicator.yaml, name a file in"
                    + " REPLICATOR_CONFIG, or set " + DEV + " (source) and " + PROD + " (destination)");
        }
        return new LegacyResult.Missing(
                dev
                        ? PROD + " is not set, " + DEV + " is: set it to the destination bucket"
                        : DEV + " is not set, " + PROD + " is: set it to the source bucket");
    }

    private static ReplicationJob job(StoreUri source, StoreUri destination, List<PrefixPair> paths) {
        try {
            return ReplicationJob.of(source, destination).withName(JOB).withPaths(paths);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(DEV + " and " + PROD + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, StoreSettings> stores(StoreUri source, StoreUri destination) {
        Map<String, StoreSettings> stores = new LinkedHashMap<>();
        stores.put("dev", StoreSettings.of(source));
        stores.put("prod", StoreSettings.of(destination));
        return stores;
    }

    static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
