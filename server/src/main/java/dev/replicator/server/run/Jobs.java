package dev.replicator.server.run;

import dev.replicator.config.Configuration;
import dev.replicator.config.JobConfig;
import java.util.List;
import java.util.Optional;

/** The jobs that the server may run: those of its configuration and no others. Immutable. */
public record Jobs(Configuration configuration) {
    public List<String> names() {
        return List.copyOf(configuration.jobs().keySet());
    }

    public Optional<JobConfig> named(String name) {
        return Optional.ofNullable(configuration.jobs().get(name));
    }
}
