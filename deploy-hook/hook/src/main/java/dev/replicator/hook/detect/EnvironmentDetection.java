package dev.replicator.hook.detect;

import dev.replicator.store.Displays;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether this process is a production deployment. The first row that applies decides:
 *
 * <ol>
 *   <li>an environment given by the caller (a flag, the builder);
 *   <li>{@code REPLICATOR_ENV};
 *   <li>the job's {@code hook.environment};
 *   <li>a platform's preview (a pull request's deployment): not production, whatever the variables below say, because
 *       platforms give previews the production's variables;
 *   <li>the first set of {@link #GENERIC};
 *   <li>a platform variable that means a production deployment by itself: {@link #PLATFORMS};
 *   <li>nothing: not production. Running in Kubernetes or in a container says nothing.
 * </ol>
 *
 * Values are trimmed and compared without case; an empty value is unset; Spring's list of profiles is production when
 * one of them is. Immutable.
 */
public final class EnvironmentDetection {
    public static final String VARIABLE = "REPLICATOR_ENV";

    /** Variables in common use, in this order. */
    public static final List<String> GENERIC =
            List.of("APP_ENV", "NODE_ENV", "SPRING_PROFILES_ACTIVE", "RAILS_ENV", "ENVIRONMENT");

    /** Variables with the value that means a production deployment by itself. */
    public static final List<Sign> PLATFORMS = List.of(
            new Sign("REPLIT_DEPLOYMENT", "1"),
            new Sign("VERCEL_ENV", "production"),
            new Sign("RAILWAY_ENVIRONMENT_NAME", "production"),
            new Sign("PLATFORM_ENVIRONMENT_TYPE", "production"));

    /** Variables with the value that means a preview; {@code *} is any value. */
    public static final List<Sign> PREVIEWS = List.of(
            new Sign("VERCEL_ENV", "preview"),
            new Sign("VERCEL_ENV", "development"),
            new Sign("IS_PULL_REQUEST", "true"),
            new Sign("HEROKU_PR_NUMBER", "*"),
            new Sign("PLATFORM_ENVIRONMENT_TYPE", "staging"),
            new Sign("PLATFORM_ENVIRONMENT_TYPE", "development"));

    /** A variable and the value that means something. */
    public record Sign(String variable, String value) {
        Optional<String> seenIn(Map<String, String> environment) {
            return set(environment, variable).filter(found -> value.equals("*") || found.equalsIgnoreCase(value));
        }
    }

    private final Map<String, String> environment;

    public EnvironmentDetection(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Applies the table.
     *
     * @param given by the caller, above every variable
     * @param configured by the job, below {@code REPLICATOR_ENV}
     */
    public DetectedEnvironment detect(Optional<String> given, Optional<String> configured) {
        if (given.isPresent()) {
            return named(given.get(), "given by the caller");
        }
        Optional<String> ours = set(environment, VARIABLE);
        if (ours.isPresent()) {
            return named(ours.get(), VARIABLE + "=" + ours.get());
        }
        if (configured.isPresent()) {
            return named(configured.get(), "the job's hook.environment is " + configured.get());
        }
        return preview()
                .or(this::generic)
                .or(this::platform)
                .orElseGet(() -> new DetectedEnvironment(
                        "development",
                        false,
                        "no variable says production; set " + VARIABLE + "=production where the hook shall work"));
    }

    private Optional<DetectedEnvironment> preview() {
        for (Sign sign : PREVIEWS) {
            Optional<String> value = sign.seenIn(environment);
            if (value.isPresent()) {
                return Optional.of(new DetectedEnvironment(
                        "preview", false, shown(sign.variable(), value.get()) + " means a preview deployment"));
            }
        }
        return Optional.empty();
    }

    private Optional<DetectedEnvironment> generic() {
        return GENERIC.stream()
                .filter(name -> set(environment, name).isPresent())
                .findFirst()
                .map(name -> {
                    String value = set(environment, name).orElseThrow();
                    return named(value, shown(name, value));
                });
    }

    private Optional<DetectedEnvironment> platform() {
        for (Sign sign : PLATFORMS) {
            Optional<String> value = sign.seenIn(environment);
            if (value.isPresent()) {
                return Optional.of(new DetectedEnvironment("production", true, shown(sign.variable(), value.get())));
            }
        }
        return Optional.empty();
    }

    private static DetectedEnvironment named(String value, String reason) {
        boolean production = Arrays.stream(value.split(",", -1))
                .map(part -> part.trim().toLowerCase(Locale.ROOT))
                .anyMatch(part -> part.equals("prod") || part.equals("production"));
        String name = production ? "production" : Displays.escaped(value.trim());
        return new DetectedEnvironment(name, production, Displays.escaped(reason));
    }

    private static String shown(String variable, String value) {
        return variable + "=" + Displays.escaped(value);
    }

    static Optional<String> set(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::trim).filter(value -> !value.isEmpty());
    }
}
