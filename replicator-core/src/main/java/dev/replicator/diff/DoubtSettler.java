package dev.replicator.diff;

import dev.replicator.job.CompareMode;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Verdict;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import java.util.Optional;

/**
 * Turns a doubt into a verdict with what heads and, if it must be, bytes say. Thread-safe.
 *
 * <p>In order: the destination's note of which source version it was made from; comparable fingerprints of two heads
 * (the source's only when the destination's alone did not decide); in checksum mode, digests of the content. What stays
 * open is told as different while syncing (copying loses nothing) and as equal by size and time while validating
 * (unknown is never a mismatch), or where sizes and times said so and only the ETags were in question.
 */
public final class DoubtSettler {
    private final ObjectStore source;
    private final ObjectStore destination;
    private final CompareMode mode;
    private final boolean openMeansSame;

    /** @param openMeansSame what is told of a doubt that can't be settled */
    public DoubtSettler(ObjectStore source, ObjectStore destination, CompareMode mode, boolean openMeansSame) {
        this.source = source;
        this.destination = destination;
        this.mode = mode;
        this.openMeansSame = openMeansSame;
    }

    /**
     * The verdict on {@code doubt}: Same, Modified, Added when the destination's object is gone meanwhile, or Unsettled
     * when asking failed for this object alone, be it by a bug: one bad object never ends a run.
     */
    public Change settle(Change.Doubtful doubt) {
        try {
            return asked(doubt);
        } catch (CredentialsException | BucketNotFoundException e) {
            throw e;
        } catch (RuntimeException e) {
            return new Change.Unsettled(doubt.source(), doubt.destination(), String.valueOf(e.getMessage()));
        }
    }

    private Change asked(Change.Doubtful doubt) {
        Optional<ObjectMeta> found = destination.head(doubt.key());
        if (found.isEmpty()) {
            return new Change.Added(doubt.source());
        }
        if (mode != CompareMode.CHECKSUM && isMadeFrom(found.get(), doubt.source())) {
            return new Change.Same(doubt.source(), doubt.destination(), Evidence.FINGERPRINT);
        }
        Verdict verdict =
                Fingerprint.compare(doubt.source().fingerprints(), found.get().fingerprints());
        if (verdict == Verdict.UNKNOWN) {
            verdict = source.head(doubt.key())
                    .map(head ->
                            Fingerprint.compare(head.fingerprints(), found.get().fingerprints()))
                    .orElse(Verdict.UNKNOWN);
        }
        if (verdict == Verdict.UNKNOWN && mode == CompareMode.CHECKSUM) {
            return byContent(doubt, found.get());
        }
        return told(doubt, verdict, Evidence.FINGERPRINT);
    }

    private static boolean isMadeFrom(ObjectMeta destination, ObjectMeta source) {
        return destination
                .metadata()
                .map(ObjectMetadata::user)
                .map(user -> user.get(ObjectMetadata.SOURCE_VERSION))
                .filter(source.version().token()::equals)
                .isPresent();
    }

    private Change byContent(Change.Doubtful doubt, ObjectMeta found) {
        Optional<Fingerprint> known = ContentDigest.preferred(found.fingerprints());
        if (known.isPresent()) {
            Fingerprint ours =
                    ContentDigest.of(source, doubt.source(), known.get().algorithm());
            return told(doubt, ours.equals(known.get()) ? Verdict.EQUAL : Verdict.DIFFERENT, Evidence.BYTES);
        }
        Optional<Fingerprint> sources =
                source.head(doubt.key()).flatMap(head -> ContentDigest.preferred(head.fingerprints()));
        Fingerprint.Algorithm algorithm = sources.map(Fingerprint::algorithm).orElse(Fingerprint.Algorithm.SHA256);
        Fingerprint ours = sources.orElseGet(() -> ContentDigest.of(source, doubt.source(), algorithm));
        Fingerprint theirs = ContentDigest.of(destination, doubt.destination(), algorithm);
        return told(doubt, ours.equals(theirs) ? Verdict.EQUAL : Verdict.DIFFERENT, Evidence.BYTES);
    }

    private Change told(Change.Doubtful doubt, Verdict verdict, Evidence evidence) {
        return switch (verdict) {
            case EQUAL -> new Change.Same(doubt.source(), doubt.destination(), evidence);
            case DIFFERENT -> new Change.Modified(doubt.source(), doubt.destination(), Reason.CHECKSUM);
            case UNKNOWN ->
                openMeansSame || doubt.question() == Change.Question.ETAGS
                        ? new Change.Same(doubt.source(), doubt.destination(), Evidence.SIZE_AND_MODIFIED)
                        : new Change.Modified(doubt.source(), doubt.destination(), Reason.UNPROVEN_EQUAL);
        };
    }
}
