package dev.replicator.diff;

import dev.replicator.baseline.PairBaseline;
import java.util.function.Predicate;

/**
 * Says what becomes of pairs whose metadata was changed since the last run, as their metagenerations show. Thread-safe.
 *
 * <table>
 * <caption>Verdicts on a pair of equal content</caption>
 * <tr><th>asked</th><th>metadata</th><th>destination's was changed</th><th>verdict</th></tr>
 * <tr><td>yes</td><td>equal</td><td>any</td><td>Same, and noted for the next run</td></tr>
 * <tr><td>yes</td><td>different</td><td>no</td><td>MetadataModified</td></tr>
 * <tr><td>yes</td><td>different</td><td>yes</td><td>Drifted, otherwise MetadataModified</td></tr>
 * <tr><td>yes</td><td>could not be had</td><td>any</td><td>MetadataUnknown</td></tr>
 * <tr><td>no</td><td></td><td>no</td><td>Same, not noted: a later run asks</td></tr>
 * <tr><td>no</td><td></td><td>yes</td><td>Drifted, otherwise Same</td></tr>
 * </table>
 *
 * <p>Content that differs stays what it is, within Drifted where the destination's metadata was changed; if asked, only
 * where it is another than a copy would have now.
 */
public final class RetouchSettler {
    private final DoubtSettler contents;
    private final MetadataComparison metadata;
    private final PairBaseline baseline;
    private final Predicate<Change.Retouched> asked;
    private final boolean settlesContents;

    /**
     * @param asked which pairs are worth two heads
     * @param settlesContents whether a doubt about the content is settled first; else it stays in the verdict
     */
    public RetouchSettler(
            DoubtSettler contents,
            MetadataComparison metadata,
            PairBaseline baseline,
            Predicate<Change.Retouched> asked,
            boolean settlesContents) {
        this.contents = contents;
        this.metadata = metadata;
        this.baseline = baseline;
        this.asked = asked;
        this.settlesContents = settlesContents;
    }

    /** The verdict; never Retouched. */
    public Change settle(Change.Retouched change) {
        Change content = settlesContents && change.content() instanceof Change.Doubtful doubt
                ? contents.settle(doubt)
                : change.content();
        Change verdict = content instanceof Change.Same same && asked.test(change) ? compared(same) : content;
        boolean explained = verdict instanceof Change.Same && asked.test(change)
                || verdict instanceof Change.Added
                || verdict instanceof Change.MetadataUnknown
                || change.byOthers() && verdict instanceof Change.Modified modified && isAsCopied(change, modified);
        return change.byOthers() && !explained
                ? new Change.Drifted(Drift.METADATA, change.destination(), verdict)
                : verdict;
    }

    /** Grants, holds, classes: the number moved, and nothing that a copy of ours manages is another. */
    private boolean isAsCopied(Change.Retouched change, Change.Modified content) {
        return asked.test(change) && metadata.isAsCopied(content.source(), content.destination());
    }

    private Change compared(Change.Same same) {
        Change verdict = metadata.compare(same);
        if (verdict instanceof Change.Same) {
            baseline.equal(same.source(), same.destination());
        }
        return verdict;
    }
}
