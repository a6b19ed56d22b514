package dev.replicator.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version from the jar's manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
        return new String[] {"replicator " + version, "Java " + Runtime.version() + ", " + System.getProperty("os.name")
        };
    }
}
