package dev.replicator.cli.command;

import dev.replicator.RunOptions;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.option.CompareMetadataOption;
import dev.replicator.cli.option.JobOptions;
import dev.replicator.cli.option.OutputFormat;
import dev.replicator.cli.option.OutputOption;
import dev.replicator.cli.option.Percent;
import dev.replicator.cli.option.ScopeOptions;
import dev.replicator.cli.option.ServerOptions;
import dev.replicator.cli.output.KeyLists;
import dev.replicator.cli.output.RunKeys;
import dev.replicator.cli.output.ValidationOutput;
import dev.replicator.cli.output.ValidationText;
import dev.replicator.cli.remote.Remote;
import dev.replicator.cli.remote.RemoteOrder;
import dev.replicator.cli.remote.RemoteRuns;
import dev.replicator.cli.session.Outputs;
import dev.replicator.cli.session.RunListeners;
import dev.replicator.cli.session.Session;
import dev.replicator.diff.Scrutiny;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Finding;
import dev.replicator.report.FindingSink;
import dev.replicator.report.RunListener;
import dev.replicator.report.ValidationReport;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code replicator validate}. */
@Command(
        name = "validate",
        description = "Compare both sides and tell the differences; changes nothing. Exits with 3 when something is"
                + " missing, mismatched or unreadable, with 4 when all that was compared is equal and something could"
                + " not be compared, such as an archived object.",
        footer = {
            "",
            "Examples:",
            "  replicator validate s3://acme-dev-media s3://acme-prod-media",
            "  replicator validate media --write-missing missing.txt",
            "  replicator validate media --deep",
            "  replicator validate media --sample 5%%"
        })
public final class ValidateCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private JobOptions selection = new JobOptions();

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Mixin
    private CompareMetadataOption metadata = new CompareMetadataOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--deep",
            description = "Read contents wherever no digests prove them equal: of both sides, or of one where the"
                    + " other keeps a digest; says its evidence as bytes.")
    private boolean deep;

    @Option(
            names = "--sample",
            paramLabel = "P%",
            converter = Percent.class,
            description =
                    "As --deep, of that share of such pairs only; says how many that were. Another run takes others.")
    private Optional<Double> sample = Optional.empty();

    @Option(names = "--fail-on-extra", description = "Objects that only the destination has are findings too.")
    private boolean failOnExtra;

    @Option(
            names = "--write-missing",
            paramLabel = "FILE",
            description = "Write the keys that the destination lacks to FILE, one a line; - is stdout.")
    private Optional<Path> missing = Optional.empty();

    @Option(names = "--write-mismatched", paramLabel = "FILE", description = "The same of keys that differ.")
    private Optional<Path> mismatched = Optional.empty();

    @Option(
            names = "--write-extra",
            paramLabel = "FILE",
            description = "The same of keys that only the destination has.")
    private Optional<Path> extra = Optional.empty();

    @Option(names = "--write-errors", paramLabel = "FILE", description = "The same of keys that could not be read.")
    private Optional<Path> errors = Optional.empty();

    public ValidateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Optional<URI> address = Remote.meant(server, selection.words(), session);
        if (address.isPresent()) {
            return remotely(address.get()).number();
        }
        ReplicationJob job = metadata.applyTo(scope.applyTo(session.select(selection)));
        Map<Finding.Kind, Path> files = files();
        boolean listOnStdout =
                files.values().stream().anyMatch(file -> file.toString().equals("-"));
        if (listOnStdout && output.format() != OutputFormat.TEXT) {
            throw CliException.usage("a key list on stdout can't be mixed with -o json or ndjson; name a file");
        }
        // A key list on stdout stands alone, ready for a pipe; the sums go to stderr.
        ValidationOutput stdout = listOnStdout
                ? new OnStderr(session, new RunKeys(job.paths()))
                : new Outputs(session, output.format(), job).validation();
        ValidationReport report;
        try (KeyLists lists = new KeyLists(session.console(), new RunKeys(job.paths()), files)) {
            report = validate(job, finding -> {
                stdout.accept(finding);
                lists.accept(finding);
            });
        }
        boolean valid = report.valid() && !(failOnExtra && report.extra() > 0);
        ExitCode code = session.exitCodes().of(report, failOnExtra);
        stdout.finish(report, valid, code);
        report.problem().ifPresent(problem -> session.complain(problem.message()));
        return code.number();
    }

    private ExitCode remotely(URI address) {
        Set<String> taken = new HashSet<>(RemoteOrder.NARROWING);
        taken.add("--fail-on-extra");
        server.refuseAllBut(taken);
        return new RemoteRuns(session, Remote.open(address, server, session), output.format())
                .carryOut(RemoteOrder.of(selection, scope, "validate", false), new RemoteRuns.Codes() {
                    @Override
                    public ExitCode of(ValidationReport report) {
                        return session.exitCodes().of(report, failOnExtra);
                    }
                });
    }

    private ValidationReport validate(ReplicationJob job, FindingSink sink) {
        try (RunListeners listeners = RunListeners.around(RunListener.SILENT, session, true)) {
            RunOptions options =
                    RunOptions.defaults().withListener(listeners.listener()).withCancellation(session.cancellation());
            return session.replicator().validate(job, scrutiny(), sink, options);
        }
    }

    private Scrutiny scrutiny() {
        return deep || sample.isPresent()
                ? Scrutiny.deep(sample.orElse(100.0), session.clock().millis())
                : Scrutiny.STRICT;
    }

    private Map<Finding.Kind, Path> files() {
        Map<Finding.Kind, Path> files = new EnumMap<>(Finding.Kind.class);
        missing.ifPresent(file -> files.put(Finding.Kind.MISSING, session.file(file)));
        mismatched.ifPresent(file -> files.put(Finding.Kind.MISMATCHED, session.file(file)));
        extra.ifPresent(file -> files.put(Finding.Kind.EXTRA, session.file(file)));
        errors.ifPresent(file -> files.put(Finding.Kind.UNREADABLE, session.file(file)));
        return files;
    }

    /** The sums alone, for stdout is taken by a key list. */
    private static final class OnStderr implements ValidationOutput {
        private final ValidationText text;
        private final boolean quiet;

        OnStderr(Session session, RunKeys keys) {
            text = new ValidationText(session.console()::message, keys);
            quiet = session.globals().quiet();
        }

        @Override
        public void accept(Finding finding) {}

        @Override
        public void finish(ValidationReport report, boolean valid, ExitCode code) {
            if (!quiet) {
                text.finish(report, valid, code);
            }
        }
    }
}
