package dev.replicator.diff;

import dev.replicator.job.CompareMode;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Verdict;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.digest.ContentDigest;
import java.util.List;
import java.util.Optional;

/**
 * Turns a doubt into a verdict with what heads and, if it must be, bytes say. Thread-safe.
 *
 * <p>In order: the destination's note of which source version it was made from; comparable fingerprints of two heads
 * (the source's only when the destination's alone did not decide); in checksum mode and in a deep validation, digests of
 * the content. What stays open is told as different while syncing (copying loses nothing) and as equal by size and time
 * while validating (unknown is never a mismatch), or where sizes and times said so and only the ETags were in question.
 */
public final class DoubtSettler {
    private final ObjectStore source;
    private final ObjectStore destination;
    private final CompareMode mode;
    private final Scrutiny scrutiny;
    private final ContentReads reads;

    public DoubtSettler(
            ObjectStore source, ObjectStore destination, CompareMode mode, Scrutiny scrutiny, ContentReads reads) {
        this.source = source;
        this.destination = destination;
        this.mode = mode;
        this.scrutiny = scrutiny;
        this.reads = reads;
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
        boolean asksContent = mode == CompareMode.CHECKSUM || scrutiny.reads(doubt.key());
        if (asksContent) {
            reads.ask();
        } else if (isMadeFrom(found.get(), doubt.source())) {
            return new Change.Same(doubt.source(), doubt.destination(), Evidence.NOTE);
        }
        Verdict verdict =
                Fingerprint.compare(doubt.source().fingerprints(), found.get().fingerprints());
        if (verdict == Verdict.UNKNOWN) {
            verdict = source.head(doubt.key())
                    .map(head ->
                            Fingerprint.compare(head.fingerprints(), found.get().fingerprints()))
                    .orElse(Verdict.UNKNOWN);
        }
        if (verdict == Verdict.UNKNOWN && asksContent) {
            reads.read();
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

    /** Reads as few sides as will do: none twice, and one where the other's digest is known. */
    private Change byContent(Change.Doubtful doubt, ObjectMeta found) {
        Optional<ObjectMeta> head = source.head(doubt.key());
        List<Fingerprint> theirs = found.fingerprints();
        List<Fingerprint> ours =
                head.map(ObjectMeta::fingerprints).orElse(doubt.source().fingerprints());
        Optional<Fingerprint> known = strongest(theirs);
        if (known.isPresent()) {
            return byBytes(
                    doubt,
                    digest(source, doubt.source(), known.get().algorithm()).equals(known.get()));
        }
        known = strongest(ours);
        if (known.isPresent()) {
            return byBytes(
                    doubt, digest(destination, found, known.get().algorithm()).equals(known.get()));
        }
        Optional<MultipartETag> parts = MultipartETag.in(theirs);
        if (parts.isPresent() && isOf(parts.get(), source, doubt.source())) {
            return byBytes(doubt, true);
        }
        parts = MultipartETag.in(ours);
        if (parts.isPresent() && isOf(parts.get(), destination, found)) {
            return byBytes(doubt, true);
        }
        return byBytes(
                doubt,
                digest(source, doubt.source(), Fingerprint.Algorithm.SHA256)
                        .equals(digest(destination, found, Fingerprint.Algorithm.SHA256)));
    }

    private Fingerprint digest(ObjectStore store, ObjectMeta object, Fingerprint.Algorithm algorithm) {
        Fingerprint digest = ObjectDigest.of(store, object, algorithm);
        reads.read(object.size());
        return digest;
    }

    private boolean isOf(MultipartETag parts, ObjectStore store, ObjectMeta object) {
        boolean equal = parts.isOf(store, object);
        reads.read(parts.partSizes(object.size()).findAny().isPresent() ? object.size() : 0);
        return equal;
    }

    private Change byBytes(Change.Doubtful doubt, boolean equal) {
        return told(doubt, equal ? Verdict.EQUAL : Verdict.DIFFERENT, Evidence.BYTES);
    }

    private static Optional<Fingerprint> strongest(List<Fingerprint> fingerprints) {
        return ContentDigest.first(ContentDigest.STRONGEST_FIRST, fingerprints);
    }

    private Change told(Change.Doubtful doubt, Verdict verdict, Evidence evidence) {
        return switch (verdict) {
            case EQUAL -> new Change.Same(doubt.source(), doubt.destination(), evidence);
            case DIFFERENT -> new Change.Modified(doubt.source(), doubt.destination(), Reason.CHECKSUM);
            case UNKNOWN ->
                scrutiny.isStrict() || doubt.question() == Change.Question.ETAGS
                        ? new Change.Same(doubt.source(), doubt.destination(), Evidence.SIZE_AND_MODIFIED)
                        : new Change.Modified(doubt.source(), doubt.destination(), Reason.UNPROVEN_EQUAL);
        };
    }
}
