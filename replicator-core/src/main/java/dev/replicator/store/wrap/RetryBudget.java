package dev.replicator.store.wrap;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many retries a run may spend in all: a first stock, and so much more with every request that succeeds. Bounds the
 * requests a storm can cause to less than twice those of a calm run, plus the stock. Thread-safe.
 */
public final class RetryBudget {
    private static final long UNIT = 100;

    private final AtomicLong left;
    private final long stock;
    private final long perSuccess;

    /**
     * @param stock retries to begin with, and the most that can be saved up
     * @param percentPerSuccess of a retry gained with each success
     */
    public RetryBudget(long stock, long percentPerSuccess) {
        this.stock = stock * UNIT;
        this.perSuccess = percentPerSuccess;
        left = new AtomicLong(this.stock);
    }

    /** 500 retries at hand, 80 more per 100 successes. */
    public static RetryBudget ofRun() {
        return new RetryBudget(500, 80);
    }

    boolean spend() {
        return left.getAndUpdate(units -> units >= UNIT ? units - UNIT : units) >= UNIT;
    }

    void earn() {
        left.updateAndGet(units -> Math.min(stock, units + perSuccess));
    }
}
