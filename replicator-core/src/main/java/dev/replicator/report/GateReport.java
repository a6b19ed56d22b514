package dev.replicator.report;

/**
 * What the delete gate said.
 *
 * @param reason one sentence for people; empty when open without remarks
 * @param planned deletes that waited
 * @param limit most deletes that were allowed
 */
public record GateReport(Verdict verdict, String reason, long planned, long limit) {
    /** NOT_ASKED: the job never deletes. */
    public enum Verdict {
        NOT_ASKED,
        OPEN,
        CLOSED
    }

    public static final GateReport NOT_ASKED = new GateReport(Verdict.NOT_ASKED, "", 0, 0);
}
