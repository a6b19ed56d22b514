package dev.replicator.spring;

import static dev.replicator.spring.GivenProperties.uniform;

import dev.replicator.config.ConfigException;
import dev.replicator.config.ConfigLoader;
import dev.replicator.config.Configuration;
import dev.replicator.hook.DeployHook;
import dev.replicator.hook.DeployHookBuilder;
import dev.replicator.hook.detect.BuildIdentity;
import dev.replicator.job.HookSettings;
import dev.replicator.job.HookSettings.Mode;
import dev.replicator.job.HookSettings.OnFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * A hook from Spring's environment. {@code replicator.jobs}, {@code .stores} and {@code .version} are what they are in
 * {@code replicator.yaml}, and are read by the same reader; where there are none, the file and the variables speak.
 * {@link #HOOK} belongs to the starter.
 */
final class SpringConfiguration {
    /** {@code enabled}, and {@code job}: which of several. */
    static final String HOOK = "hook";
    /** The file to read instead of properties. */
    static final String CONFIG = "config";

    private static final List<String> OWN = List.of("enabled", "job");
    private static final String NAME = "the application's properties";

    private final ConfigurableEnvironment environment;
    private final Map<String, Object> values;
    private final List<String> problems;

    private SpringConfiguration(ConfigurableEnvironment environment) {
        this.environment = environment;
        GivenProperties.Tree tree = GivenProperties.of(environment);
        values = new LinkedHashMap<>(tree.values());
        problems = new ArrayList<>(tree.problems());
    }

    /** Never throws: what can't be used is told by the hook's results, as its file would be. */
    static DeployHookBuilder hook(ConfigurableEnvironment environment, ClassLoader loader) {
        return new SpringConfiguration(environment).builder(loader);
    }

    private DeployHookBuilder builder(ClassLoader loader) {
        checkOwn();
        Map<String, String> variables = variables();
        DeployHookBuilder builder =
                DeployHook.builder().environment(variables).buildIdentity(BuildIdentity.onClassPath(loader));
        property("replicator.hook.job").ifPresent(builder::jobName);
        values.remove(HOOK);
        values.remove(CONFIG);
        try {
            Optional<Configuration> found = configuration(new ConfigLoader(Path.of(""), variables));
            if (!problems.isEmpty()) {
                return unusable(builder);
            }
            found.ifPresent(builder::configuration);
        } catch (ConfigException e) {
            problems.addAll(e.problems());
            return unusable(builder);
        }
        return builder;
    }

    /** Empty where the hook itself shall look for its file and for variables. */
    private Optional<Configuration> configuration(ConfigLoader loader) {
        if (!values.isEmpty()) {
            return Optional.of(loader.readForgiving(values, NAME));
        }
        return property("replicator.config").map(file -> loader.loadForgiving(Optional.of(Path.of(file))));
    }

    private void checkOwn() {
        if (values.get(HOOK) instanceof Map<?, ?> hook) {
            hook.keySet().stream()
                    .map(String::valueOf)
                    .filter(key -> !OWN.contains(uniform(key)))
                    .forEach(key -> problems.add(NAME + ": unknown key 'replicator.hook." + key
                            + "'; here are enabled and job, all else is a job's: replicator.jobs.<name>.hook." + key));
        }
    }

    /** What of the hook's settings can still be read decides what a failure means. */
    private DeployHookBuilder unusable(DeployHookBuilder builder) {
        return builder.configuration(new Configuration(
                        Optional.empty(), Map.of(), Map.of(), List.of(), Optional.of(String.join("; ", problems))))
                .settings(settings());
    }

    private HookSettings settings() {
        HookSettings settings = said("environment")
                .filter(name -> !name.equals("auto"))
                .findFirst()
                .map(HookSettings.DEFAULT::withEnvironment)
                .orElse(HookSettings.DEFAULT);
        if (said("onfailure").anyMatch("fail"::equalsIgnoreCase)) {
            settings = settings.withOnFailure(OnFailure.FAIL);
        }
        if (said("mode").anyMatch(mode -> mode.equalsIgnoreCase("off") || mode.equals("false"))) {
            return settings.withMode(Mode.OFF);
        }
        return said("mode").anyMatch("block"::equalsIgnoreCase) ? settings.withMode(Mode.BLOCK) : settings;
    }

    /** What any job's hook has under that key. */
    private Stream<String> said(String key) {
        return inner(values, "jobs")
                .flatMap(jobs -> jobs.values().stream())
                .flatMap(job -> inner(job, "hook"))
                .flatMap(hook -> hook.entrySet().stream())
                .filter(entry -> uniform(String.valueOf(entry.getKey())).equals(key))
                .map(entry -> String.valueOf(entry.getValue()));
    }

    private static Stream<Map<?, ?>> inner(Object map, String key) {
        return map instanceof Map<?, ?> outer && outer.get(key) instanceof Map<?, ?> found
                ? Stream.of(found)
                : Stream.empty();
    }

    /** The process's, with the profiles that are active however they were chosen. */
    private Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        environment.getSystemEnvironment().forEach((name, value) -> variables.put(name, String.valueOf(value)));
        String profiles = String.join(",", environment.getActiveProfiles());
        if (!profiles.isEmpty()) {
            variables.put("SPRING_PROFILES_ACTIVE", profiles);
        }
        return variables;
    }

    private Optional<String> property(String name) {
        return Optional.ofNullable(environment.getProperty(name)).filter(text -> !text.isBlank());
    }
}
