package dev.replicator.testkit.contract;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Bounded waits. */
final class Waiting {
    private static final long LOOK = Duration.ofMillis(5).toNanos();

    private Waiting() {}

    /** Lets other threads have their turn between two steps of a busy one. */
    static void aMoment() {
        LockSupport.parkNanos(LOOK / 5);
    }

    /** Whether it came true within that time; looks every few milliseconds. */
    static boolean until(Duration most, BooleanSupplier condition) {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return condition.getAsBoolean();
            }
            LockSupport.parkNanos(LOOK);
        }
        return true;
    }
}
