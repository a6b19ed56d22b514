package dev.replicator.cli.session;

import dev.replicator.RunOptions.DeleteConsent;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.terminal.Program;
import dev.replicator.cli.terminal.Question;
import dev.replicator.cli.terminal.Sizes;
import dev.replicator.job.ReplicationJob;

/** Who allows deletes: {@code --yes}, or a person at a terminal. Where neither can be, nothing is begun. */
public final class Consent {
    private Consent() {}

    /** @throws CliException when the job deletes and nobody could allow it */
    public static DeleteConsent forDeletesOf(ReplicationJob job, boolean yes, Session session) {
        if (!job.delete().deletes() || yes) {
            return gate -> true;
        }
        if (!session.console().terminals().interactive()) {
            throw new CliException(
                    ExitCode.REFUSED,
                    "this run may delete objects from " + job.destination().uri()
                            + ", and there is no terminal to ask at; nothing was changed."
                            + "\nLook at the deletes with '" + Program.name() + " plan', then add --yes.");
        }
        Question question = new Question(session.console(), session.cancellation());
        return gate -> question.yes("Delete " + Sizes.objects(gate.planned()) + " from "
                + job.destination().uri() + " that the source does not have?");
    }
}
