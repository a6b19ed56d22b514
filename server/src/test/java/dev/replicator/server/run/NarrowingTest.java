package dev.replicator.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.RunOptions;
import dev.replicator.job.CompareMode;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.StoreUri;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NarrowingTest {
    private static final ReplicationJob JOB = job(List.of(
            new PrefixPair(KeyPrefix.of("public/"), KeyPrefix.of("www/")),
            new PrefixPair(KeyPrefix.of("public2/"), KeyPrefix.of("www2/")),
            new PrefixPair(KeyPrefix.of("x/y/"), KeyPrefix.of("z/"))));

    private static ReplicationJob job(List<PrefixPair> paths) {
        return ReplicationJob.of(uri("s3://dev"), uri("s3://prod"))
                .withName("media")
                .withPaths(paths);
    }

    private static StoreUri uri(String text) {
        return StoreUri.parse(text, Path.of("/"));
    }

    @Property(tries = 2_000)
    void whateverIsGivenTheScopeIsAPartOfTheJobs(
            @ForAll("jobs") ReplicationJob job, @ForAll("narrowings") Narrowing narrowing, @ForAll("keys") String key) {
        ReplicationJob narrowed;
        try {
            narrowed = narrowing.of(job);
        } catch (Narrowing.RefusedException e) {
            assertThat(e.pointer()).matches("/paths(/\\d+)?|/compare");
            return;
        }

        assertThat(narrowed.source()).isEqualTo(job.source());
        assertThat(narrowed.destination()).isEqualTo(job.destination());
        assertThat(narrowed.controlPrefix()).isEqualTo(job.controlPrefix());
        assertThat(narrowed.filter()).isSameAs(job.filter());
        assertThat(narrowed.overwrite()).isEqualTo(job.overwrite());
        assertThat(narrowed.onDrift()).isEqualTo(job.onDrift());
        assertThat(job.delete().deletes() || !narrowed.delete().deletes()).isTrue();
        if (narrowed.delete().deletes()) {
            assertThat(narrowed.delete().maxObjects()).isEqualTo(job.delete().maxObjects());
            assertThat(narrowed.delete().maxPercent()).isEqualTo(job.delete().maxPercent());
            assertThat(narrowed.delete().judgedFrom())
                    .isLessThanOrEqualTo(job.delete().judgedFrom());
        }
        copyOf(narrowed, key).ifPresent(copy -> assertThat(copyOf(job, key)).contains(copy));
    }

    /** Where an object of the source would go. */
    private static Optional<String> copyOf(ReplicationJob job, String key) {
        List<String> copies = job.paths().stream()
                .filter(pair -> ObjectKey.of(key).startsWith(pair.from()))
                .map(pair -> pair.to().text() + key.substring(pair.from().text().length()))
                .toList();
        assertThat(copies).hasSizeLessThanOrEqualTo(1);
        return copies.stream().findFirst();
    }

    @Provide
    Arbitrary<ReplicationJob> jobs() {
        Arbitrary<Boolean> mirrors = Arbitraries.of(true, false);
        Arbitrary<ReplicationJob> some = Arbitraries.of(
                JOB,
                job(List.of(PrefixPair.EVERYTHING)),
                job(List.of(new PrefixPair(KeyPrefix.of("a/"), KeyPrefix.of("b/a/")))),
                job(List.of(PrefixPair.same("a"), PrefixPair.same("b"))));
        return Combinators.combine(some, mirrors)
                .as((job, mirror) -> mirror ? job.withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 50, 10)) : job);
    }

    @Provide
    Arbitrary<Narrowing> narrowings() {
        Arbitrary<List<String>> paths = texts().list().ofMaxSize(4);
        Arbitrary<Optional<CompareMode>> compare =
                Arbitraries.of(CompareMode.class).optional();
        return Combinators.combine(paths, Arbitraries.of(true, false), compare).as(Narrowing::new);
    }

    @Provide
    Arbitrary<String> keys() {
        return texts().map(text -> text + "k");
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.of("public", "public/", "public2/", "a", "b", "x", "y", "/", "..", ".replicator/", "ü")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
    }

    @Test
    void aPathWithinAPairBecomesThatPartOfIt() {
        Narrowing narrowing = new Narrowing(List.of("public/img", "x/"), false, Optional.empty());

        assertThat(narrowing.of(JOB).paths())
                .containsExactly(
                        new PrefixPair(KeyPrefix.of("public/img/"), KeyPrefix.of("www/img/")),
                        new PrefixPair(KeyPrefix.of("x/y/"), KeyPrefix.of("z/")));
        assertThat(narrowing.reach()).isEqualTo(RunOptions.Reach.PART);
    }

    @Test
    void pathsThatOverlapAreWorkedOnOnce() {
        Narrowing narrowing = new Narrowing(List.of("public/a/b", "public/a", "public/a"), false, Optional.empty());

        assertThat(narrowing.of(JOB).paths())
                .containsExactly(new PrefixPair(KeyPrefix.of("public/a/"), KeyPrefix.of("www/a/")));
    }

    @Test
    void aPathThatTheJobDoesNotHaveIsRefusedByItsPlace() {
        for (String outside : List.of("private/", "publi", "\ud800")) {
            Narrowing narrowing = new Narrowing(List.of("public/a", outside), false, Optional.empty());

            assertThatThrownBy(() -> narrowing.of(JOB))
                    .isInstanceOfSatisfying(
                            Narrowing.RefusedException.class,
                            e -> assertThat(e.pointer()).isEqualTo("/paths/1"));
        }
    }

    @Test
    void aComparisonThatTheStoresCannotMakeIsRefused() {
        ReplicationJob mixed = ReplicationJob.of(uri("s3://dev"), uri("gs://prod"));

        assertThatThrownBy(() -> new Narrowing(List.of(), false, Optional.of(CompareMode.ETAG)).of(mixed))
                .isInstanceOfSatisfying(
                        Narrowing.RefusedException.class,
                        e -> assertThat(e.pointer()).isEqualTo("/compare"));
    }

    @Test
    void deletesOfAPartAreJudgedFromTheFirstObject() {
        ReplicationJob mirror = JOB.withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 50, 10));

        assertThat(new Narrowing(List.of("public/"), false, Optional.empty())
                        .of(mirror)
                        .delete()
                        .judgedFrom())
                .isZero();
        assertThat(new Narrowing(List.of(), true, Optional.empty()).of(mirror).delete())
                .isEqualTo(DeletePolicy.NEVER);
    }
}
