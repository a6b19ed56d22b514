package dev.replicator.cli.command.config;

import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.option.Words;
import dev.replicator.cli.session.Session;
import dev.replicator.config.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replicator config token}. */
@Command(
        name = "token",
        description =
                "Make a token for 'replicator serve': the token goes to stdout, once and nowhere else; the line for"
                        + " server.tokens of the configuration, which holds its digest only, to stderr.",
        footer = {"", "Example:", "  replicator config token ci --role operator > ci.token"})
final class TokenCommand implements Callable<Integer> {
    private static final int BYTES = 32;

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "Who will bear it; the audit calls its bearer so.")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "viewer",
            completionCandidates = Words.Roles.class,
            description = "What its bearer may do: ${COMPLETION-CANDIDATES}; each may do what those before it may."
                    + " Default: ${DEFAULT-VALUE}.")
    private Role role = Role.VIEWER;

    TokenCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!name.matches("[A-Za-z0-9._@-]{1,63}")) {
            throw CliException.usage(
                    "'" + name + "' is no name of a token: 1 to 63 letters, digits, '.', '_', '-' and '@'");
        }
        String token = random();
        session.console().result(token);
        session.console().flush();
        session.console()
                .message("Keep it now: it is shown this once. In replicator.yaml, which needs its digest only:\n"
                        + "server:\n"
                        + "  tokens:\n"
                        + "    - { name: " + name + ", role: " + Words.of(role) + ", sha256: " + sha256(token) + " }");
        return 0;
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String sha256(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
