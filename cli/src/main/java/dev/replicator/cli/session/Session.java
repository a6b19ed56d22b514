package dev.replicator.cli.session;

import dev.replicator.Replicator;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.exit.ExitCodes;
import dev.replicator.cli.option.GlobalOptions;
import dev.replicator.cli.option.JobOptions;
import dev.replicator.cli.output.EventStream;
import dev.replicator.cli.output.JsonText;
import dev.replicator.cli.terminal.Colour;
import dev.replicator.cli.terminal.Console;
import dev.replicator.config.ConfigLoader;
import dev.replicator.config.Configuration;
import dev.replicator.config.JobConfig;
import dev.replicator.execute.Cancellation;
import dev.replicator.execute.Problem;
import dev.replicator.hook.detect.DetectedEnvironment;
import dev.replicator.hook.detect.EnvironmentDetection;
import dev.replicator.job.HookSettings;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.Stores;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What surrounds one command: where it runs, whom it speaks to, how it is stopped. */
public final class Session {
    private final Path workingDirectory;
    private final Map<String, String> environment;
    private final Console console;
    private final Clock clock;
    private final Stores stores;
    private final GlobalOptions globals = new GlobalOptions();
    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile ExitCode signal = ExitCode.INTERRUPTED;
    private Optional<EventStream> events = Optional.empty();
    private Optional<Configuration> configuration = Optional.empty();

    public Session(
            Path workingDirectory, Map<String, String> environment, Console console, Clock clock, Stores stores) {
        this.workingDirectory = workingDirectory;
        this.environment = Map.copyOf(environment);
        this.console = console;
        this.clock = clock;
        this.stores = stores;
    }

    /** A signal came: what is in flight finishes, the rest is not run. */
    public void stop(ExitCode withCode, String message) {
        signal = withCode;
        cancellation.cancel(message);
        stopped.countDown();
    }

    /** Until a signal came. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** So long, or until a signal came. */
    public void awaitStop(Duration atMost) throws InterruptedException {
        stopped.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    public Console console() {
        return console;
    }

    public GlobalOptions globals() {
        return globals;
    }

    /** The event stream that stdout got, if the command asked for one. */
    public Optional<EventStream> events() {
        return events;
    }

    public ExitCodes exitCodes() {
        return new ExitCodes(signal);
    }

    public Clock clock() {
        return clock;
    }

    public Map<String, String> environment() {
        return environment;
    }

    public Path workingDirectory() {
        return workingDirectory;
    }

    public Cancellation cancellation() {
        return cancellation;
    }

    /** Whether a signal came; a run that was stopped for a reason of its own was not interrupted. */
    public boolean interrupted() {
        return cancellation
                .reason()
                .filter(problem -> problem.kind() == Problem.Kind.CANCELLED)
                .isPresent();
    }

    public Replicator replicator() {
        return Replicator.create(stores, clock, environment);
    }

    public JsonText json() {
        return new JsonText(console);
    }

    /** Opens the event stream on stdout; whatever happens then, its last line is the exit. */
    public EventStream openEvents(Optional<String> job) {
        EventStream stream = new EventStream(json(), clock, job);
        events = Optional.of(stream);
        return stream;
    }

    /**
     * Read once: what a command does to a job fits what it was told of it.
     *
     * @throws dev.replicator.config.ConfigException when what is found can't be used
     */
    public Configuration configuration() {
        if (configuration.isEmpty()) {
            Configuration read = loader().loadJobs(globals.config().map(workingDirectory::resolve));
            read.warnings().forEach(this::warn);
            configuration = Optional.of(read);
        }
        return configuration.get();
    }

    /**
     * With what only a server uses, for one and for who looks at it.
     *
     * @throws dev.replicator.config.ConfigException when what is found can't be used
     */
    public Configuration wholeConfiguration() {
        Configuration read = loader().load(globals.config().map(workingDirectory::resolve));
        read.warnings().forEach(this::warn);
        return read;
    }

    /** For the hook: invalid optional values give way to their defaults, with a warning. */
    public Configuration forgivingConfiguration() {
        return loader().loadForgiving(globals.config().map(workingDirectory::resolve));
    }

    /** The configuration when its warnings were said. */
    public Configuration told(Configuration read) {
        read.warnings().forEach(this::warn);
        return read.withoutWarnings();
    }

    /** The job that a command works on; says what was assumed to find it. */
    public ReplicationJob select(JobOptions selection) {
        selection.assumption(workingDirectory).ifPresent(this::warn);
        return selection.select(this::configuration, workingDirectory);
    }

    private ConfigLoader loader() {
        return new ConfigLoader(workingDirectory, environment);
    }

    public DetectedEnvironment detectedEnvironment() {
        return new EnvironmentDetection(environment).detect(Optional.empty(), Optional.empty());
    }

    /** How the hook treats a job, for what else takes the job's lease. */
    public HookSettings hookSettings(String job) {
        return Optional.ofNullable(configuration().jobs().get(job))
                .map(JobConfig::hook)
                .orElse(HookSettings.DEFAULT);
    }

    /** This machine's name, for people. */
    public String host() {
        String named = environment.getOrDefault("HOSTNAME", "");
        if (!named.isEmpty()) {
            return named;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }

    /** A file that the user named. */
    public Path file(Path given) {
        return given.toString().equals("-") ? given : workingDirectory.resolve(given);
    }

    public void warn(String message) {
        if (!globals.quiet()) {
            console.message(Colour.CAUTION, "! ", message);
        }
    }

    public void complain(String message) {
        console.message(Colour.BAD, "✗ ", message);
    }
}
