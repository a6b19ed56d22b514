package dev.replicator;

import dev.replicator.baseline.PairBaseline;
import dev.replicator.diff.Change;
import dev.replicator.diff.ContentReads;
import dev.replicator.diff.Differ;
import dev.replicator.diff.Evidence;
import dev.replicator.diff.Scrutiny;
import dev.replicator.execute.Problem;
import dev.replicator.job.CompareMode;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Finding;
import dev.replicator.report.FindingSink;
import dev.replicator.report.RunHeader;
import dev.replicator.report.ValidationReport;
import dev.replicator.store.EntryNote;
import dev.replicator.store.ListRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One validation: the scan's changes told as findings. Made for one use. */
final class ValidationSession {
    private final ReplicationJob job;
    private final JobStores stores;
    private final Scrutiny scrutiny;
    private final RunOptions options;
    private final FindingSink sink;
    private final Clock clock;
    private final Map<Finding.Kind, Long> found = new EnumMap<>(Finding.Kind.class);
    private final Map<Evidence, Long> matched = new EnumMap<>(Evidence.class);
    private long notCompared;

    ValidationSession(
            ReplicationJob job,
            JobStores stores,
            Scrutiny scrutiny,
            RunOptions options,
            FindingSink sink,
            Clock clock) {
        this.job = job;
        this.stores = stores;
        this.scrutiny = scrutiny;
        this.options = options;
        this.sink = sink;
        this.clock = clock;
    }

    ValidationReport validate(String runId) {
        Instant startedAt = clock.instant();
        options.listener().started(new RunHeader(runId, job, true));
        Scan scan = new Scan(
                job,
                stores,
                ListRequest.everything(),
                Differ.Detail.DIFFERENCES,
                scrutiny,
                Scan.Doubts.ASKED,
                pair -> PairBaseline.NONE,
                startedAt,
                options.listener(),
                () -> {},
                options.cancellation());
        scan.run(this::tell);
        scan.emptySources().forEach(place -> options.listener().warning(Scan.nothingUnder(place, job)));
        matched.merge(Evidence.FINGERPRINT, scan.sameByFingerprint(), Long::sum);
        matched.merge(Evidence.SIZE_AND_MODIFIED, scan.sameBySizeAndModified(), Long::sum);
        Optional<Problem> problem =
                options.cancellation().reason().or(scan::problem).or(() -> unproven(scan));
        return report(startedAt, contents(scan.reads()), problem);
    }

    private ValidationReport.Contents contents(ContentReads reads) {
        double percent = job.compare() == CompareMode.CHECKSUM ? 100 : scrutiny.percent();
        return new ValidationReport.Contents(percent, reads.asked(), reads.pairs(), reads.bytes());
    }

    private static Optional<Problem> unproven(Scan scan) {
        return scan.proven()
                ? Optional.empty()
                : Optional.of(new Problem(
                        Problem.Kind.FAILED, "a listing did not show every key; what is missing can't be told"));
    }

    private void tell(Change change, int pair) {
        if (change instanceof Change.Same same) {
            matched.merge(same.evidence(), 1L, Long::sum);
        } else if (change instanceof Change.Added added) {
            told(new Finding(Finding.Kind.MISSING, pair, added.source(), "not in the destination"));
        } else if (change instanceof Change.Modified modified) {
            told(new Finding(
                    Finding.Kind.MISMATCHED,
                    pair,
                    modified.source(),
                    modified.reason().word()));
        } else if (change instanceof Change.MetadataModified modified) {
            told(new Finding(
                    Finding.Kind.MISMATCHED,
                    pair,
                    modified.source(),
                    "metadata: " + String.join(", ", modified.fields())));
        } else if (change instanceof Change.MetadataUnknown unknown) {
            told(new Finding(
                    Finding.Kind.UNREADABLE,
                    pair,
                    unknown.source(),
                    "metadata: " + unknown.failure().getMessage()));
        } else if (change instanceof Change.Unsettled unsettled) {
            told(new Finding(Finding.Kind.UNREADABLE, pair, unsettled.source(), unsettled.why()));
        } else if (change instanceof Change.Removed removed) {
            told(new Finding(Finding.Kind.EXTRA, pair, removed.destination(), "not in the source"));
        } else if (change instanceof Change.Unusable unusable) {
            boolean unreadable = unusable.entry().note() == EntryNote.UNREADABLE;
            notCompared += unreadable || isNeverCarried(unusable) ? 0 : 1;
            told(new Finding(
                    unreadable ? Finding.Kind.UNREADABLE : Finding.Kind.SKIPPED,
                    pair,
                    unusable.entry(),
                    unusable.entry().note().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        }
    }

    /** What stands in the way of a source's object is another matter. */
    private static boolean isNeverCarried(Change.Unusable unusable) {
        EntryNote note = unusable.entry().note();
        return unusable.side() == Change.Side.SOURCE && (note == EntryNote.SYMLINK || note == EntryNote.SPECIAL_FILE);
    }

    private void told(Finding finding) {
        found.merge(finding.kind(), 1L, Long::sum);
        sink.accept(finding);
    }

    private ValidationReport report(Instant startedAt, ValidationReport.Contents contents, Optional<Problem> problem) {
        long missing = count(Finding.Kind.MISSING);
        long mismatched = count(Finding.Kind.MISMATCHED);
        long unreadable = count(Finding.Kind.UNREADABLE);
        return new ValidationReport(
                problem.isEmpty() && missing + mismatched + unreadable + notCompared == 0,
                job.source().uri().toString(),
                job.destination().uri().toString(),
                matched.values().stream().mapToLong(Long::longValue).sum(),
                missing,
                mismatched,
                count(Finding.Kind.EXTRA),
                unreadable,
                count(Finding.Kind.SKIPPED),
                notCompared,
                matched(Evidence.FINGERPRINT) + matched(Evidence.NOTE),
                matched(Evidence.NOTE),
                matched(Evidence.SIZE_AND_MODIFIED),
                matched(Evidence.BYTES),
                contents,
                Duration.between(startedAt, clock.instant()),
                stores.meter().snapshot(),
                problem);
    }

    private long count(Finding.Kind kind) {
        return found.getOrDefault(kind, 0L);
    }

    private long matched(Evidence evidence) {
        return matched.getOrDefault(evidence, 0L);
    }
}
