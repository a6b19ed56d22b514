package dev.replicator.hook;

import dev.replicator.config.ConfigException;
import dev.replicator.config.ConfigLoader;
import dev.replicator.config.Configuration;
import dev.replicator.config.JobConfig;
import dev.replicator.job.HookSettings;
import dev.replicator.job.ReplicationJob;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job that a hook is for, or why there is none. */
sealed interface HookTarget {
    HookSettings settings();

    /**
     * A job.
     *
     * @param origin where it was found, for people
     */
    record Found(ReplicationJob job, HookSettings settings, String origin) implements HookTarget {}

    /**
     * No job.
     *
     * @param why one sentence that names what to set
     */
    record Missing(String why, HookSettings settings) implements HookTarget {}

    /** The configured job of that name, or the only one. */
    static HookTarget of(Configuration configuration, Optional<String> name) {
        Logger log = LoggerFactory.getLogger(HookTarget.class);
        configuration.warnings().forEach(log::warn);
        Map<String, JobConfig> jobs = configuration.jobs();
        String origin = configuration.file().map(Path::toString).orElse("environment variables");
        if (jobs.isEmpty()) {
            return missing(configuration
                    .notConfigured()
                    .orElse("no job is configured: write replicator.yaml or set REPLICATOR_CONFIG"));
        }
        if (name.isPresent()) {
            return Optional.ofNullable(jobs.get(name.get()))
                    .map(found -> found(found, name.get(), origin))
                    .orElseGet(() -> missing("there is no job '" + name.get() + "' in " + origin + "; jobs: "
                            + String.join(", ", jobs.keySet())));
        }
        if (jobs.size() == 1) {
            Map.Entry<String, JobConfig> only = jobs.entrySet().iterator().next();
            return found(only.getValue(), only.getKey(), origin);
        }
        return missing("ambiguous: " + origin + " has the jobs " + String.join(", ", jobs.keySet())
                + "; name the one the hook is for");
    }

    private static HookTarget found(JobConfig config, String name, String origin) {
        ReplicationJob job = config.job();
        return new Found(job.name().isPresent() ? job : job.withName(name), config.hook(), origin);
    }

    private static HookTarget missing(String why) {
        return new Missing(why, HookSettings.DEFAULT);
    }

    /** What file and environment say; never throws. */
    static HookTarget load(Path workingDirectory, Map<String, String> environment, Optional<String> name) {
        try {
            return of(new ConfigLoader(workingDirectory, environment).loadForgiving(Optional.empty()), name);
        } catch (ConfigException e) {
            return missing(String.join("; ", e.problems()));
        } catch (RuntimeException e) {
            return missing("the configuration can't be read: " + e);
        }
    }
}
