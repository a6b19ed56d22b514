package dev.replicator.hook.detect;

import dev.replicator.store.Displays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what names this deployment. The first row that applies decides:
 *
 * <ol>
 *   <li>an id given by the caller (a flag, the builder);
 *   <li>{@code REPLICATOR_DEPLOYMENT_ID};
 *   <li>the job's {@code hook.deployment-id};
 *   <li>the first set of {@link #REVISIONS}: a commit or a platform's revision, the same for all replicas and again the
 *       same after a rollback;
 *   <li>the application's build ({@link BuildIdentity}), if the caller offers one;
 *   <li>the first set of {@link #DEPLOYMENTS}: a platform's number of a deployment, used last because a rollback gets a
 *       new one;
 *   <li>nothing: absent, and the reason names {@code REPLICATOR_DEPLOYMENT_ID}.
 * </ol>
 *
 * Placeholders that builds leave behind ({@code unknown}, {@code latest}, {@code ${GIT_SHA}}, …) and variables with
 * control characters are no id: the next row is tried. Immutable.
 */
public final class DeploymentIdDetection {
    public static final String VARIABLE = "REPLICATOR_DEPLOYMENT_ID";

    /** Most characters of an id. */
    public static final int MAX_LENGTH = 512;

    public static final List<String> REVISIONS = List.of(
            "GIT_SHA",
            "GIT_COMMIT",
            "SOURCE_VERSION",
            "K_REVISION",
            "HEROKU_BUILD_COMMIT",
            "HEROKU_SLUG_COMMIT",
            "RENDER_GIT_COMMIT",
            "RAILWAY_GIT_COMMIT_SHA",
            "VERCEL_GIT_COMMIT_SHA",
            "GITHUB_SHA",
            "CI_COMMIT_SHA");

    public static final List<String> DEPLOYMENTS = List.of("RAILWAY_DEPLOYMENT_ID", "REPLIT_DEPLOYMENT_ID");

    private static final Set<String> PLACEHOLDERS = Set.of(
            "unknown",
            "undefined",
            "null",
            "none",
            "n/a",
            "na",
            "dev",
            "development",
            "local",
            "latest",
            "head",
            "main",
            "master",
            "snapshot",
            "0",
            "true",
            "false");

    private final Map<String, String> environment;
    private final BuildIdentity build;

    public DeploymentIdDetection(Map<String, String> environment, BuildIdentity build) {
        this.environment = Map.copyOf(environment);
        this.build = build;
    }

    /**
     * Applies the table.
     *
     * @param given by the caller, above every variable
     * @param configured by the job, below {@code REPLICATOR_DEPLOYMENT_ID}
     */
    public DetectedDeployment detect(Optional<String> given, Optional<String> configured) {
        return explicit(given, "given by the caller")
                .or(() -> explicit(
                        EnvironmentDetection.set(environment, VARIABLE).filter(DeploymentIdDetection::isPlain),
                        VARIABLE))
                .or(() -> explicit(configured, "the job's hook.deployment-id"))
                .or(() -> first(REVISIONS))
                .or(this::built)
                .or(() -> first(DEPLOYMENTS))
                .orElseGet(() -> new DetectedDeployment(
                        Optional.empty(),
                        "nothing names this deployment, so nothing tells a new one from a restart: set " + VARIABLE
                                + " to the commit, image digest or release number that is being deployed"));
    }

    private static Optional<DetectedDeployment> explicit(Optional<String> id, String reason) {
        return id.map(String::trim).filter(value -> !value.isEmpty()).map(value -> accepted(value, reason));
    }

    private Optional<DetectedDeployment> first(List<String> variables) {
        return variables.stream()
                .filter(name -> EnvironmentDetection.set(environment, name)
                        .filter(value -> isPlain(value) && !isPlaceholder(value))
                        .isPresent())
                .findFirst()
                .map(name ->
                        accepted(EnvironmentDetection.set(environment, name).orElseThrow(), name));
    }

    private Optional<DetectedDeployment> built() {
        return build.find().map(found -> accepted(found.id(), found.origin()));
    }

    private static DetectedDeployment accepted(String id, String reason) {
        if (id.length() > MAX_LENGTH) {
            return new DetectedDeployment(
                    Optional.empty(),
                    "the deployment id of " + id.length() + " characters (" + reason + ") is longer than " + MAX_LENGTH
                            + ": set " + VARIABLE + " to a shorter one");
        }
        if (!isPlain(id)) {
            return new DetectedDeployment(
                    Optional.empty(),
                    "the deployment id (" + reason + ") holds a control character: set " + VARIABLE
                            + " to one without");
        }
        return new DetectedDeployment(Optional.of(id), Displays.escaped(reason));
    }

    private static boolean isPlain(String value) {
        return value.codePoints().noneMatch(Character::isISOControl);
    }

    private static boolean isPlaceholder(String value) {
        return PLACEHOLDERS.contains(value.toLowerCase(Locale.ROOT))
                || value.startsWith("${")
                || value.startsWith("$(");
    }
}
