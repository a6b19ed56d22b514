package dev.replicator.hook.detect;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** What names the application's build. */
@FunctionalInterface
public interface BuildIdentity {
    BuildIdentity NONE = Optional::empty;

    Optional<Found> find();

    /**
     * An id and where it was read.
     *
     * @param origin for people
     */
    record Found(String id, String origin) {}

    /**
     * The commit in {@code git.properties} (with the build's time when the work tree was dirty), else version and time
     * in {@code META-INF/build-info.properties}, each only when the class path has exactly one of it: with several
     * nothing says which is the application's. Offer it where the hook is embedded; in a tool it would name the tool.
     */
    static BuildIdentity onClassPath(ClassLoader loader) {
        return () -> only(loader, "git.properties")
                .flatMap(BuildIdentity::ofCommit)
                .or(() -> only(loader, "META-INF/build-info.properties").flatMap(BuildIdentity::ofBuild));
    }

    private static Optional<Found> ofCommit(Properties git) {
        Optional<String> commit = property(git, "git.commit.id")
                .or(() -> property(git, "git.commit.id.full"))
                .or(() -> property(git, "git.commit.id.abbrev"));
        if (commit.isEmpty()) {
            return Optional.empty();
        }
        boolean dirty = property(git, "git.dirty")
                .map(value -> value.toLowerCase(Locale.ROOT).equals("true"))
                .orElse(false);
        if (!dirty) {
            return Optional.of(new Found(commit.get(), "git.properties on the class path"));
        }
        return property(git, "git.build.time")
                .map(time -> new Found(commit.get() + "@" + time, "git.properties on the class path (dirty tree)"));
    }

    private static Optional<Found> ofBuild(Properties build) {
        return property(build, "build.time")
                .map(time -> new Found(
                        property(build, "build.version").orElse("build") + "@" + time,
                        "META-INF/build-info.properties on the class path"));
    }

    private static Optional<String> property(Properties properties, String name) {
        return Optional.ofNullable(properties.getProperty(name))
                .map(String::trim)
                .filter(value -> !value.isEmpty());
    }

    private static Optional<Properties> only(ClassLoader loader, String resource) {
        try {
            List<URL> found = Collections.list(loader.getResources(resource));
            if (found.size() != 1) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            try (InputStream stream = found.get(0).openStream()) {
                properties.load(stream);
            }
            return Optional.of(properties);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
