package dev.replicator.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.option.OutputFormat;
import dev.replicator.cli.option.ServerOptions;
import dev.replicator.cli.output.JsonText;
import dev.replicator.cli.report.ReportReader;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Colour;
import dev.replicator.cli.terminal.Program;
import dev.replicator.report.RunReport;
import java.net.URI;

/** Decides about a plan of a server: shows it, then decides about the very one that was shown. */
public final class RemoteDecision {
    private static final int LISTED = 50;

    private final Session session;
    private final ServerOptions server;
    private final OutputFormat format;

    public RemoteDecision(Session session, ServerOptions server, OutputFormat format) {
        this.session = session;
        this.server = server;
        this.format = format;
    }

    /**
     * @param verdict in the API's words: approve, reject
     * @param comment may be empty
     */
    public ExitCode decide(String run, String verdict, String comment) {
        URI address = server.address(session.environment())
                .orElseThrow(
                        () -> CliException.usage(verdict + " needs --server URL: plans of this machine are files, and"
                                + " '" + Program.name() + " apply FILE' asks nobody"));
        ServerClient client = Remote.open(address, server, session);
        String path = "plans/" + ServerClient.encoded(run);
        ServerClient.Tagged plan = client.tagged(path);
        if (format == OutputFormat.TEXT) {
            show(client, plan.body());
        }
        ObjectNode body = JsonText.node();
        if (!comment.isBlank()) {
            body.put("comment", comment);
        }
        JsonNode decided = client.post(path + "/" + verdict, body, plan.tag());
        switch (format) {
            case TEXT -> told(client, decided);
            case JSON -> session.json().document(JsonText.parse(decided.toString()));
            case NDJSON -> session.json().line(JsonText.parse(decided.toString()));
        }
        return ExitCode.OK;
    }

    private void show(ServerClient client, JsonNode plan) {
        String id = plan.path("id").asText();
        session.console()
                .result("Plan of run " + id + " of job " + plan.path("job").asText() + ", made "
                        + plan.path("createdAt").asText());
        if (!plan.path("report").path("outcome").isTextual()) {
            return;
        }
        RunReport report = ReportReader.run(plan.path("report"));
        new RemoteObjects(client).plan(id, report, LISTED, session.console()).finish(report, ExitCode.OK);
        session.console().result("");
    }

    private void told(ServerClient client, JsonNode plan) {
        String id = plan.path("id").asText();
        boolean approved = plan.path("state").asText().equals("APPROVED");
        session.console()
                .result(
                        approved ? Colour.GOOD : Colour.CAUTION,
                        approved ? "✓ " : "✗ ",
                        (approved ? "Approved" : "Rejected") + " by "
                                + plan.path("decidedBy").asText()
                                + (approved
                                        ? "; '" + Program.name() + " apply " + id + " --server " + client.address()
                                                + "' carries it out"
                                        : ": " + plan.path("comment").asText()));
    }
}
