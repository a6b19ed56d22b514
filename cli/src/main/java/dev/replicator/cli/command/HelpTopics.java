package dev.replicator.cli.command;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.hook.detect.EnvironmentDetection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Texts about what all commands share. */
final class HelpTopics {
    private static final Map<String, Supplier<String>> TOPICS = new TreeMap<>(Map.of(
            "exit-codes",
            HelpTopics::exitCodes,
            "environment",
            HelpTopics::environment,
            "filters",
            HelpTopics::filters));

    private HelpTopics() {}

    static List<String> names() {
        return List.copyOf(TOPICS.keySet());
    }

    static Optional<String> text(String topic) {
        return Optional.ofNullable(TOPICS.get(topic)).map(Supplier::get);
    }

    private static String exitCodes() {
        String table = Arrays.stream(ExitCode.values())
                .map(code -> String.format("%5d  %s%n", code.number(), code.meaning()))
                .collect(Collectors.joining());
        return """
                Exit codes

                %s
                When several apply, the first of 2, 6, 7, 130/143, 8, 1, 5, 4, 3, 0 is used. Codes may
                be added: treat a number you don't know as failure.
                """.formatted(table);
    }

    private static String environment() {
        return """
                Environment variables

                Configuration
                  REPLICATOR_CONFIG          the configuration file
                  REPLICATOR_ENV             production (or prod) makes the hook active; any other value does not
                  REPLICATOR_DEPLOYMENT_ID   the id of this deployment
                  REPLICATOR_MIN_INTERVAL    least time between two automatic runs, such as 1h
                  REPLICATOR_LEASE_TTL       how long a lease lives without a heartbeat, such as 30s
                  REPLICATOR_HOOK_MODE       background, block, validate-only or off
                  REPLICATOR_LISTEN          where 'serve' listens, such as 127.0.0.1:8080
                  XDG_CONFIG_HOME            where the user's configuration is (default: ~/.config)
                  XDG_STATE_HOME             where runs of two locations keep their reports, and a
                                             server its token and history (default: ~/.local/state)

                A server that does the work
                  REPLICATOR_SERVER          its address, as with --server
                  REPLICATOR_TOKEN           the token for it; --token-file goes before it

                Without a file, for one job
                  DEV_STORAGE_BUCKET, PROD_STORAGE_BUCKET, STORAGE_PROVIDER (s3, gcs, file),
                  PUBLIC_OBJECT_SEARCH_PATHS, PRIVATE_OBJECT_DIR

                The hook warns of a value it can't use and goes on without; every other command refuses it (2).

                Production is detected by REPLICATOR_ENV, else by the job's hook.environment, else by the first
                that is set of
                  %s,
                else by the platform: %s.
                The previews of some platforms are not production, whatever these say.

                Credentials, region and endpoint of S3 come from the AWS SDK's own chain: AWS_PROFILE,
                AWS_ACCESS_KEY_ID, AWS_REGION, AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3, web identity, instance
                and container roles.

                Credentials of gs:// are found as Google's own tools find them: the file that
                GOOGLE_APPLICATION_CREDENTIALS names, what 'gcloud auth application-default login' left, the
                machine's own; on Replit, its sidecar. STORAGE_EMULATOR_HOST is the address of an emulator,
                which gets none. GOOGLE_CLOUD_PROJECT or GCLOUD_PROJECT pays where the requester pays.

                Output
                  NO_COLOR, CLICOLOR_FORCE   switch colours off or on

                Java, where the script 'replicator' of the source tree starts it
                  JAVA_HOME                  which Java; 17 or newer
                  REPLICATOR_JAVA_OPTS, JAVA_OPTS   options for the Java runtime
                """.formatted(
                        String.join(", ", EnvironmentDetection.GENERIC),
                        EnvironmentDetection.PLATFORMS.stream()
                                .map(sign -> sign.variable() + "=" + sign.value())
                                .collect(Collectors.joining(", ")));
    }

    private static String filters() {
        return """
                Filters

                --include PATTERN and --exclude PATTERN may be repeated; the first that matches a key
                decides, in the order of the command line. A key that none matches is included, unless
                there are only includes. Filtered keys are left alone on both sides: they are not copied,
                not counted and never deleted. Beside a configured job, the options narrow its own filter.

                Patterns are matched against the key below its path:
                  *          any characters but /
                  **         any characters
                  ?          one character but /
                  [a-z]      one character of a class; [!a-z] one that is not in it
                  \\x         the character x itself
                  /a         anchored: only at the top; otherwise a pattern matches behind any /
                  a/         everything in a folder a

                A pattern that matches a folder matches everything in it.

                Examples
                  --exclude 'tmp/' --exclude '*.bak'
                  --include '*.css' --include '*.js'          only these
                  --include '/img/logo.png' --exclude '/img/' all but the folder, with one exception
                """;
    }
}
