package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.diff.Change;
import dev.replicator.diff.ContentReads;
import dev.replicator.diff.DoubtSettler;
import dev.replicator.diff.Evidence;
import dev.replicator.diff.Reason;
import dev.replicator.diff.Scrutiny;
import dev.replicator.job.CompareMode;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Version;
import dev.replicator.testkit.FaultyStore;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryBuckets;
import dev.replicator.testkit.memory.MemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a doubt is settled, row by row; two objects with the same listing, and what a head adds. */
class DoubtSettlerTest {
    private static final ObjectKey KEY = ObjectKey.of("k");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    /** MD5 and SHA-256 of "same". */
    private static final String MD5 = "51037a4a37730f52c8732586d3aaa316";

    /** ETag of "same" when uploaded as one part: the MD5 of its MD5. */
    private static final String ONE_PART = "e0ed3aca5a8cdb6fa683325706eeb8c9-1";

    private static final String SHA256 = "0967115f2813a3541eaef77de9d9d5773f1c0c04314b0bbfe4ff3b3b1c55b5d5";

    private final MemoryBuckets buckets = new MemoryBuckets();
    private final Told source = new Told(new FaultyStore(new MemoryStore(buckets, "dev")));
    private final ContentReads reads = new ContentReads();
    private final Told destination = new Told(new FaultyStore(new MemoryStore(buckets, "prod")));

    @BeforeEach
    void sameBytes() {
        buckets.create("dev").put("k", "same", NOW);
        buckets.create("prod").put("k", "same", NOW);
    }

    /** A store whose heads say what the test wants them to. */
    private static final class Told extends ForwardingStore {
        private final FaultyStore calls;
        private List<Fingerprint> fingerprints = List.of();
        private Optional<String> madeFrom = Optional.empty();

        Told(FaultyStore delegate) {
            super(delegate);
            calls = delegate;
        }

        @Override
        public Optional<ObjectMeta> head(ObjectKey key) {
            ObjectMetadata note = madeFrom.map(
                            version -> ObjectMetadata.NONE.withUser(ObjectMetadata.SOURCE_VERSION, version))
                    .orElse(ObjectMetadata.NONE);
            return super.head(key)
                    .map(found -> new ObjectMeta(
                            key,
                            found.size(),
                            found.modified(),
                            found.version(),
                            fingerprints,
                            found.note(),
                            Optional.of(note)));
        }

        int heads() {
            return calls.calls(StoreOperation.HEAD).size();
        }

        int reads() {
            return calls.calls(StoreOperation.READ).size();
        }
    }

    private static ObjectMeta listed(ObjectStore store) {
        return new ObjectMeta(KEY, 4, NOW, store.head(KEY).orElseThrow().version());
    }

    private Change settled(CompareMode mode, Scrutiny scrutiny) {
        return settled(mode, scrutiny, Change.Question.CONTENT);
    }

    private Change settled(CompareMode mode, Scrutiny scrutiny, Change.Question question) {
        ObjectMeta from = listed(new MemoryStore(buckets, "dev"));
        ObjectMeta to = listed(new MemoryStore(buckets, "prod"));
        return new DoubtSettler(source, destination, mode, scrutiny, reads)
                .settle(new Change.Doubtful(from, to, question));
    }

    private Change settled() {
        return settled(CompareMode.SIZE_AND_MODIFIED, Scrutiny.TRUSTING);
    }

    @Test
    void ourNoteOfTheSourcesVersionIsEnough() {
        destination.madeFrom = Optional.of(MD5);

        assertThat(settled())
                .isInstanceOfSatisfying(
                        Change.Same.class, same -> assertThat(same.evidence()).isEqualTo(Evidence.NOTE));
        assertThat(source.heads()).isZero();
        assertThat(destination.heads()).isEqualTo(1);
    }

    /** Digest of each side's head, and the verdict. */
    @ParameterizedTest
    @CsvSource({
        "MD5, aa, MD5, aa, same",
        "MD5, aa, MD5, bb, differs",
        "MD5, aa, SHA256, aa, open",
        "ETAG, aa, ETAG, aa, same",
        "ETAG, aa, ETAG, bb, open",
        "CRC64NVME, AA, CRC64NVME, aa, same"
    })
    void digestsOfTheSameKindDecide(Algorithm one, String ours, Algorithm other, String theirs, String expected) {
        source.fingerprints = List.of(new Fingerprint(one, ours));
        destination.fingerprints = List.of(new Fingerprint(other, theirs));
        destination.madeFrom = Optional.of("another version");

        Change change = settled();

        switch (expected) {
            case "same" -> assertThat(change).isInstanceOf(Change.Same.class);
            case "differs" -> assertThat(reason(change)).isEqualTo(Reason.CHECKSUM);
            default -> assertThat(reason(change)).isEqualTo(Reason.UNPROVEN_EQUAL);
        }
    }

    private static Reason reason(Change change) {
        assertThat(change).isInstanceOf(Change.Modified.class);
        return ((Change.Modified) change).reason();
    }

    @Test
    void whatStaysOpenIsCopiedByASyncAndNoMismatchOfAValidation() {
        assertThat(reason(settled())).isEqualTo(Reason.UNPROVEN_EQUAL);
        assertThat(settled(CompareMode.SIZE_AND_MODIFIED, Scrutiny.STRICT))
                .isInstanceOfSatisfying(
                        Change.Same.class, same -> assertThat(same.evidence()).isEqualTo(Evidence.SIZE_AND_MODIFIED));
        assertThat(source.reads() + destination.reads()).isZero();
    }

    @Test
    void etagsThatCantBeToldAreNoDifferenceWhereTimesSayNone() {
        source.fingerprints = List.of(new Fingerprint(Algorithm.ETAG, "aa-2"));
        destination.fingerprints = List.of(new Fingerprint(Algorithm.ETAG, "bb-3"));

        assertThat(settled(CompareMode.ETAG, Scrutiny.TRUSTING, Change.Question.ETAGS))
                .isInstanceOfSatisfying(
                        Change.Same.class, same -> assertThat(same.evidence()).isEqualTo(Evidence.SIZE_AND_MODIFIED));
    }

    @Test
    void etagsThatAreMd5sDecideThoughTimesSayNoDifference() {
        source.fingerprints = List.of(new Fingerprint(Algorithm.MD5, "aa"));
        destination.fingerprints = List.of(new Fingerprint(Algorithm.MD5, "bb"));

        assertThat(reason(settled(CompareMode.ETAG, Scrutiny.TRUSTING, Change.Question.ETAGS)))
                .isEqualTo(Reason.CHECKSUM);
    }

    @Test
    void whatWasAskedAndReadIsCounted() {
        settled(CompareMode.SIZE_AND_MODIFIED, Scrutiny.STRICT);
        assertThat(List.of(reads.asked(), reads.pairs(), reads.bytes())).containsExactly(0L, 0L, 0L);

        settled(CompareMode.SIZE_AND_MODIFIED, Scrutiny.deep(100, 0));
        assertThat(List.of(reads.asked(), reads.pairs(), reads.bytes())).containsExactly(1L, 1L, 8L);

        destination.fingerprints = List.of(new Fingerprint(Algorithm.MD5, MD5));
        settled(CompareMode.CHECKSUM, Scrutiny.TRUSTING);
        assertThat(List.of(reads.asked(), reads.pairs(), reads.bytes())).containsExactly(2L, 2L, 12L);

        source.fingerprints = List.of(new Fingerprint(Algorithm.MD5, MD5));
        settled(CompareMode.CHECKSUM, Scrutiny.TRUSTING);
        assertThat(List.of(reads.asked(), reads.pairs(), reads.bytes())).containsExactly(3L, 2L, 12L);
    }

    @Test
    void whatIsReadForAnETagOfPartsIsCountedOnce() {
        destination.fingerprints = List.of(new Fingerprint(Algorithm.ETAG, ONE_PART));
        settled(CompareMode.CHECKSUM, Scrutiny.TRUSTING);
        assertThat(List.of(reads.asked(), reads.pairs(), reads.bytes())).containsExactly(1L, 1L, 4L);

        destination.fingerprints = List.of(new Fingerprint(Algorithm.ETAG, "0".repeat(32) + "-2"));
        settled(CompareMode.CHECKSUM, Scrutiny.TRUSTING);
        assertThat(reads.bytes()).as("four bytes have no two parts").isEqualTo(12);
    }

    @Test
    void aChecksumReadsBothSidesWhereNothingIsKept() {
        assertThat(settled(CompareMode.CHECKSUM, Scrutiny.TRUSTING))
                .isInstanceOfSatisfying(
                        Change.Same.class, same -> assertThat(same.evidence()).isEqualTo(Evidence.BYTES));
        assertThat(source.reads()).isEqualTo(1);
        assertThat(destination.reads()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"MD5, " + MD5, "SHA256, " + SHA256})
    void aChecksumReadsOneSideWhereTheOtherKeepsADigest(Algorithm algorithm, String digest) {
        destination.fingerprints = List.of(new Fingerprint(algorithm, digest));

        Change change = settled(CompareMode.CHECKSUM, Scrutiny.TRUSTING);

        assertThat(change).isInstanceOf(Change.Same.class);
        assertThat(source.reads()).isEqualTo(1);
        assertThat(destination.reads()).isZero();
    }

    @Test
    void aChecksumDoesNotBelieveOurNote() {
        destination.madeFrom = Optional.of(MD5);
        buckets.create("prod").put("k", "evil", NOW);

        assertThat(reason(settled(CompareMode.CHECKSUM, Scrutiny.TRUSTING))).isEqualTo(Reason.CHECKSUM);
    }

    @Test
    void aDeepValidationReadsWhatNothingProves() {
        destination.madeFrom = Optional.of(MD5);
        buckets.create("prod").put("k", "evil", NOW);

        assertThat(reason(settled(CompareMode.SIZE_AND_MODIFIED, Scrutiny.deep(100, 0))))
                .isEqualTo(Reason.CHECKSUM);
    }

    @Test
    void anETagOfPartsIsComparedByReadingTheOtherSideOnly() {
        destination.fingerprints = List.of(new Fingerprint(Algorithm.ETAG, ONE_PART));

        assertThat(settled(CompareMode.CHECKSUM, Scrutiny.TRUSTING))
                .isInstanceOfSatisfying(
                        Change.Same.class, same -> assertThat(same.evidence()).isEqualTo(Evidence.BYTES));
        assertThat(source.reads()).isEqualTo(1);
        assertThat(destination.reads()).isZero();
    }

    @Test
    void anETagOfPartsOfUnknownSizeProvesNothing() {
        destination.fingerprints = List.of(new Fingerprint(Algorithm.ETAG, "0".repeat(32) + "-1"));

        assertThat(settled(CompareMode.CHECKSUM, Scrutiny.TRUSTING)).isInstanceOf(Change.Same.class);
        assertThat(destination.reads()).isEqualTo(1);
    }

    @Test
    void aDestinationThatIsGoneIsMissing() {
        ObjectMeta from = listed(new MemoryStore(buckets, "dev"));
        buckets.create("prod").remove("k");

        Change change = new DoubtSettler(source, destination, CompareMode.SIZE_AND_MODIFIED, Scrutiny.TRUSTING, reads)
                .settle(new Change.Doubtful(
                        from, new ObjectMeta(KEY, 4, NOW, new Version("v")), Change.Question.CONTENT));

        assertThat(change).isInstanceOf(Change.Added.class);
    }

    @Test
    void aFailureOfOneObjectLeavesItUnsettled() {
        destination.calls.on(StoreOperation.HEAD).fails(() -> new AccessDeniedException("403"));

        assertThat(settled())
                .isInstanceOfSatisfying(
                        Change.Unsettled.class, open -> assertThat(open.why()).contains("403"));
    }

    @Test
    void withoutCredentialsOrBucketNothingCanBeSettled() {
        destination.calls.on(StoreOperation.HEAD).nth(1).fails(() -> new CredentialsException("expired"));
        assertThatThrownBy(this::settled).isInstanceOf(CredentialsException.class);

        destination.calls.on(StoreOperation.HEAD).fails(() -> new BucketNotFoundException("gone"));
        assertThatThrownBy(this::settled).isInstanceOf(BucketNotFoundException.class);
    }

    /** A body that ends early has another digest, but first of all it is short. */
    @Test
    void aShortBodyIsNoDigest() {
        source.calls.on(StoreOperation.READ).endsAfter(2);

        assertThat(settled(CompareMode.CHECKSUM, Scrutiny.TRUSTING)).isInstanceOf(Change.Unsettled.class);
    }
}
