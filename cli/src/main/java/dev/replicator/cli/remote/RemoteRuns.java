package dev.replicator.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.option.OutputFormat;
import dev.replicator.cli.output.DriftText;
import dev.replicator.cli.output.EventStream;
import dev.replicator.cli.output.JsonText;
import dev.replicator.cli.output.RunKeys;
import dev.replicator.cli.output.RunLog;
import dev.replicator.cli.output.ValidationText;
import dev.replicator.cli.report.ObjectLines;
import dev.replicator.cli.report.ReportReader;
import dev.replicator.cli.session.RunEnd;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Console;
import dev.replicator.cli.terminal.Program;
import dev.replicator.cli.terminal.Sizes;
import dev.replicator.report.DriftReport;
import dev.replicator.report.RunReport;
import dev.replicator.report.ValidationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets a server run a job and tells how it went as if it had been done here; a signal leaves the run to the server. */
public final class RemoteRuns {
    private static final Set<String> UNDER_WAY = Set.of("QUEUED", "RUNNING", "CANCELLING");
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration LINE = Duration.ofSeconds(10);
    private static final int MOST_LINES = 200;
    private static final int LISTED = 50;

    private final Session session;
    private final ServerClient server;
    private final RemoteObjects objects;
    private final OutputFormat format;
    private final int listed;

    public RemoteRuns(Session session, ServerClient server, OutputFormat format) {
        this(session, server, format, LISTED);
    }

    /** @param listed most actions of a plan that are listed as text */
    public RemoteRuns(Session session, ServerClient server, OutputFormat format, int listed) {
        this.objects = new RemoteObjects(server);
        this.listed = listed;
        this.session = session;
        this.server = server;
        this.format = format;
    }

    /** @param codes what the report means for this command */
    public ExitCode carryOut(RemoteOrder order, Codes codes) {
        String job = Remote.job(server, order.job());
        RemoteEvents events = events(job);
        return watched(server.post("jobs/" + ServerClient.encoded(job) + "/runs", order.body()), order, events, codes);
    }

    /** Lets a plan be carried out that was read in this state. */
    public ExitCode apply(ServerClient.Tagged plan, Codes codes) {
        String job = plan.body().path("job").asText();
        RemoteEvents events = events(job);
        JsonNode run = server.post(
                "plans/" + ServerClient.encoded(plan.body().path("id").asText()) + "/apply",
                JsonText.node(),
                plan.tag());
        return watched(run, new RemoteOrder(Optional.of(job), "apply", false, Optional.empty()), events, codes);
    }

    private RemoteEvents events(String job) {
        Optional<EventStream> stream =
                format == OutputFormat.NDJSON ? Optional.of(session.openEvents(Optional.of(job))) : Optional.empty();
        return new RemoteEvents(server, objects, stream);
    }

    private ExitCode watched(JsonNode run, RemoteOrder order, RemoteEvents events, Codes codes) {
        events.started(run, order);
        JsonNode ended = ended(run);
        if (isUnderWay(ended)) {
            return detached(ended);
        }
        JsonNode report = ended.path("report");
        if (!report.isObject()) {
            return withoutReport(ended);
        }
        return switch (order.action()) {
            case "validate" -> validated(ended, ReportReader.validation(report), events, codes);
            case "drift" -> looked(ended, ReportReader.drift(report), events);
            default -> ran(order, ended, ReportReader.run(report), events, codes);
        };
    }

    /** How a command judges a report. */
    public interface Codes {
        default ExitCode of(RunReport report) {
            throw new IllegalStateException("no run");
        }

        default ExitCode of(ValidationReport report) {
            throw new IllegalStateException("no validation");
        }
    }

    private JsonNode ended(JsonNode started) {
        JsonNode run = started;
        Instant told = session.clock().instant();
        while (isUnderWay(run) && !session.interrupted()) {
            pause();
            run = server.get("runs/" + ServerClient.encoded(run.path("id").asText()) + "?wait=1");
            if (!session.globals().quiet() && isUnderWay(run)) {
                told = progress(run, told);
            }
        }
        session.console().status("");
        return run;
    }

    private Instant progress(JsonNode run, Instant told) {
        JsonNode now = run.path("progress");
        long listed =
                now.path("sourceKeys").asLong() + now.path("destinationKeys").asLong();
        String text = run.path("state").asText().toLowerCase(java.util.Locale.ROOT) + " at " + server.address() + ": "
                + Sizes.count(listed) + " listed, "
                + Sizes.count(now.path("finished").asLong()) + "/"
                + Sizes.count(now.path("planned").asLong()) + " objects, "
                + Sizes.bytes(now.path("bytes").asLong());
        Console console = session.console();
        if (console.terminals().error()) {
            console.status(text);
            return told;
        }
        Instant current = session.clock().instant();
        if (Duration.between(told, current).compareTo(LINE) < 0) {
            return told;
        }
        console.message(text);
        return current;
    }

    private void pause() {
        try {
            session.awaitStop(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.INTERRUPTED, "stopped while waiting for " + server.address());
        }
    }

    private static boolean isUnderWay(JsonNode run) {
        return UNDER_WAY.contains(run.path("state").asText());
    }

    private ExitCode detached(JsonNode run) {
        String id = run.path("id").asText();
        session.console()
                .message("Run " + id + " goes on at " + server.address() + ".\nHow it goes: " + Program.name()
                        + " show " + id
                        + " --server " + server.address() + "\nTo stop it:  " + Program.name() + " cancel " + id
                        + " --server " + server.address());
        return session.exitCodes().interruption();
    }

    private ExitCode withoutReport(JsonNode run) {
        String message = run.path("message").asText();
        ExitCode code = switch (run.path("state").asText()) {
            case "LOCKED" -> ExitCode.LOCKED;
            case "REFUSED" -> ExitCode.REFUSED;
            case "CANCELLED" -> ExitCode.INTERRUPTED;
            default -> ExitCode.FAILED;
        };
        throw new CliException(
                code,
                "run " + run.path("id").asText() + " of job " + run.path("job").asText() + " is "
                        + run.path("state").asText() + (message.isEmpty() ? "" : ": " + message));
    }

    private ExitCode ran(RemoteOrder order, JsonNode run, RunReport report, RemoteEvents events, Codes codes) {
        boolean dry = order.writesNothing();
        ExitCode code = codes.of(report);
        if (events.wanted()) {
            events.ran(run, dry, code, report.outcome().name());
        } else if (format == OutputFormat.JSON) {
            session.json().document(document(run.path("report"), dry));
        } else if (order.action().equals("plan")) {
            session.console()
                    .result("Server:      " + server.address() + ", run "
                            + run.path("id").asText());
            objects.plan(run.path("id").asText(), report, listed, session.console())
                    .finish(report, code);
            RunEnd.tellProblem(session, report);
            decide(run);
            return code;
        } else {
            session.console()
                    .result("Server:      " + server.address() + ", run "
                            + run.path("id").asText());
            session.console().result("Source:      " + report.source());
            session.console().result("Destination: " + report.destination());
            session.console().result("Dry run:     " + (dry ? "YES" : "NO"));
            session.console().result("");
            objectLines(run);
            new RunLog(session.console()::result, "", dry, true).finish(report, code);
        }
        RunEnd.tell(session, report);
        return code;
    }

    private void decide(JsonNode run) {
        if (run.path("plan").path("changes").asBoolean()) {
            String id = run.path("id").asText();
            String there = " " + id + " --server " + server.address();
            session.console().result("");
            session.console().result("To let exactly these changes be made: " + Program.name() + " approve" + there);
            session.console().result("Then: " + Program.name() + " apply" + there);
        }
    }

    private ExitCode validated(JsonNode run, ValidationReport report, RemoteEvents events, Codes codes) {
        ExitCode code = codes.of(report);
        if (events.wanted()) {
            events.looked(run, "finding", "validation.finished", code, report.valid() ? "valid" : "not valid");
        } else if (format == OutputFormat.JSON) {
            session.json().document(document(run.path("report"), false));
        } else {
            objectLines(run);
            new ValidationText(session.console()::result, new RunKeys(List.of()))
                    .finish(report, code == ExitCode.OK, code);
        }
        report.problem().ifPresent(problem -> session.complain(problem.message()));
        return code;
    }

    private ExitCode looked(JsonNode run, DriftReport report, RemoteEvents events) {
        ExitCode code = session.exitCodes().of(report);
        if (events.wanted()) {
            events.looked(
                    run,
                    "drift",
                    "drift.finished",
                    code,
                    report.found() == 0 ? "no drift" : report.found() + " objects drifted");
        } else if (format == OutputFormat.JSON) {
            session.json().document(document(run.path("report"), false));
        } else {
            objectLines(run);
            new DriftText(session.console(), new RunKeys(List.of())).finish(report, code);
        }
        RunEnd.tell(session, report);
        return code;
    }

    /** A report as scripts read it: of what writes nothing without lists. */
    static ObjectNode document(JsonNode report, boolean dry) {
        ObjectNode document = JsonText.parse(report.toString());
        return dry ? document.without(List.of("failures", "failuresTruncated", "skips")) : document;
    }

    private void objectLines(JsonNode run) {
        boolean more = objects.ofRun(
                run.path("id").asText(), MOST_LINES, object -> ObjectLines.print(object, session.console()));
        if (more) {
            session.console().result("… and more (all of them: -o ndjson)");
        }
    }
}
