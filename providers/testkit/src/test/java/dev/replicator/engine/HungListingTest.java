package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.replicator.RunOptions;
import dev.replicator.execute.Cancellation;
import dev.replicator.execute.Problem;
import dev.replicator.report.FindingSink;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.report.ValidationReport;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.testkit.StoreOperation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request of the comparison that never comes back: nobody waits for it who was told to stop. */
class HungListingTest {
    /** Well below the 30 s in which a stopped run ends, well above what it needs. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private final World world = new World();
    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch freed = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();

    @AfterEach
    void free() {
        freed.countDown();
    }

    /** What a hung request does when its thread is interrupted. */
    enum Manners {
        ENDS_AT_AN_INTERRUPT,
        IGNORES_INTERRUPTS
    }

    private void hang(Manners manners) {
        hangs.countDown();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        boolean again = false;
        while (freed.getCount() > 0 && System.nanoTime() < end) {
            try {
                if (freed.await(1, TimeUnit.SECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted.set(true);
                again = true;
                if (manners == Manners.ENDS_AT_AN_INTERRUPT) {
                    break;
                }
            }
        }
        if (again) {
            Thread.currentThread().interrupt();
        }
    }

    private RunReport runAndCancelWhileItHangs() {
        Thread person = new Thread(() -> {
            try {
                if (hangs.await(20, TimeUnit.SECONDS)) {
                    cancellation.cancel("ctrl-c");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        person.start();
        return run();
    }

    private RunReport run() {
        return assertTimeoutPreemptively(
                SOON, () -> world.run(World.job(), RunOptions.defaults().withCancellation(cancellation)));
    }

    @ParameterizedTest
    @EnumSource(Manners.class)
    void aCancellationIsHeardWhileTheFirstPageHangs(Manners manners) {
        world.fill(world.dev, "a/", 20);
        world.source.fails(store -> store.on(StoreOperation.LIST_PAGE).nth(1).runsBefore(() -> hang(manners)));

        RunReport report = runAndCancelWhileItHangs();

        assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(world.prod.size()).isZero();
        assertThat(interrupted).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Manners.class)
    void aCancellationIsHeardWhileALaterPageOfTheDestinationHangs(Manners manners) {
        world.fill(world.dev, "a/", 40);
        world.fill(world.prod, "a/", 20);
        world.source.wrapped(store -> new PagedStore(store, 5));
        world.destination.wrapped(store -> new PagedStore(store, 5));
        world.destination.fails(
                store -> store.on(StoreOperation.LIST_PAGE).nth(3).runsBefore(() -> hang(manners)));

        RunReport report = runAndCancelWhileItHangs();

        assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(interrupted).isTrue();
    }

    /** Nobody cancels: the run ends because the other side can't be listed. */
    @ParameterizedTest
    @EnumSource(Manners.class)
    void aFailedListingDoesNotWaitForTheOtherSidesPage(Manners manners) {
        world.fill(world.dev, "a/", 20);
        world.destination.fails(store -> store.on(StoreOperation.LIST_PAGE).runsBefore(() -> hang(manners)));
        world.source.fails(store -> store.on(StoreOperation.LIST_PAGE).fails(() -> {
            awaitHang();
            return new AccessDeniedException("no listing for you");
        }));

        RunReport report = run();

        assertThat(report.problem()).map(Problem::kind).contains(Problem.Kind.ACCESS);
        assertThat(interrupted).isTrue();
    }

    private void awaitHang() {
        try {
            assertThat(hangs.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @EnumSource(Manners.class)
    void aCancellationIsHeardWhileADoubtIsAskedAbout(Manners manners) {
        world.put(world.dev, "a", "same");
        world.prod.put("a", "diff", world.clock.instant());
        world.prod.put("b", "same", world.clock.instant());
        world.destination.fails(store -> store.on(StoreOperation.HEAD).runsBefore(() -> hang(manners)));
        world.source.fails(store -> store.on(StoreOperation.HEAD).runsBefore(() -> hang(manners)));

        RunReport report = runAndCancelWhileItHangs();

        assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(world.destination.mutations()).isEmpty();
    }

    @Test
    void aValidationHearsItToo() {
        world.fill(world.dev, "a/", 20);
        world.source.fails(
                store -> store.on(StoreOperation.LIST_PAGE).runsBefore(() -> hang(Manners.IGNORES_INTERRUPTS)));
        Thread person = new Thread(() -> {
            awaitHang();
            cancellation.cancel("ctrl-c");
        });
        person.start();

        ValidationReport report = assertTimeoutPreemptively(
                SOON,
                () -> world.replicator.validate(
                        World.job(), FindingSink.NONE, RunOptions.defaults().withCancellation(cancellation)));

        assertThat(report.valid()).isFalse();
        assertThat(report.problem()).map(Problem::kind).contains(Problem.Kind.CANCELLED);
    }
}
