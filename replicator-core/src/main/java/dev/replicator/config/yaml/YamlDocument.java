package dev.replicator.config.yaml;

import java.util.List;
import java.util.Optional;

/**
 * What a file holds.
 *
 * @param root absent for a file without content, or one that can't be read as YAML
 */
public record YamlDocument(Optional<YamlNode> root, List<YamlProblem> problems) {
    public YamlDocument {
        problems = List.copyOf(problems);
    }
}
