package dev.replicator.config;

import dev.replicator.store.StoreSettings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration file or the environment describes. Immutable.
 *
 * @param file absent: no file was found, jobs come from legacy variables or there are none
 * @param jobs by name, in the file's order
 * @param stores by name, in the file's order
 * @param warnings sentences for people: assumptions made, variables ignored
 * @param server for {@code replicator serve}
 * @param notifications for {@code replicator serve}
 * @param notConfigured why there is no job where the environment was expected to give one; names the variable
 */
public record Configuration(
        Optional<Path> file,
        Map<String, JobConfig> jobs,
        Map<String, StoreSettings> stores,
        ServerSettings server,
        NotificationSettings notifications,
        List<String> warnings,
        Optional<String> notConfigured) {

    public Configuration {
        jobs = Collections.unmodifiableMap(new LinkedHashMap<>(jobs));
        stores = Collections.unmodifiableMap(new LinkedHashMap<>(stores));
        warnings = List.copyOf(warnings);
    }

    /** For those who run no server. */
    public Configuration(
            Optional<Path> file,
            Map<String, JobConfig> jobs,
            Map<String, StoreSettings> stores,
            List<String> warnings,
            Optional<String> notConfigured) {
        this(file, jobs, stores, ServerSettings.DEFAULT, NotificationSettings.DEFAULT, warnings, notConfigured);
    }

    /** For those who hear of it when the warnings were said. */
    public Configuration withoutWarnings() {
        return withWarnings(List.of());
    }

    Configuration withWarnings(List<String> others) {
        return new Configuration(file, jobs, stores, server, notifications, others, notConfigured);
    }

    Configuration withJobs(Map<String, JobConfig> others) {
        return new Configuration(file, others, stores, server, notifications, warnings, notConfigured);
    }

    /** The same, served so. */
    public Configuration withServer(ServerSettings other) {
        return new Configuration(file, jobs, stores, other, notifications, warnings, notConfigured);
    }

    /** Names only: settings may hold what was filled in from secrets. */
    @Override
    public String toString() {
        return "Configuration[file=" + file.map(Path::toString).orElse("none") + ", jobs=" + jobs.keySet() + ", stores="
                + stores.keySet() + "]";
    }
}
