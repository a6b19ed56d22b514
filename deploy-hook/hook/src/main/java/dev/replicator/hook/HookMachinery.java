package dev.replicator.hook;

import dev.replicator.hook.lease.Attempts;
import dev.replicator.hook.lease.RequestLimit;
import dev.replicator.hook.lease.Ticker;
import dev.replicator.hook.lease.Timing;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * What a pass works with.
 *
 * @param random 0 (inclusive) to 1 (exclusive), for jitter
 * @param ids unique names
 * @param host this machine's name, for people
 * @param attempts repeats a lease's requests and the writes under it, in pauses of their own that no cancellation ends
 */
record HookMachinery(
        Engine engine,
        Timing timing,
        Ticker ticker,
        DoubleSupplier random,
        Supplier<String> ids,
        String host,
        long pid,
        Attempts attempts) {

    static HookMachinery system(Engine engine, Clock clock, String host) {
        return new HookMachinery(
                engine,
                Timing.system(clock),
                Ticker.daemon("replicator-lease"),
                () -> ThreadLocalRandom.current().nextDouble(),
                () -> UUID.randomUUID().toString(),
                host,
                ProcessHandle.current().pid(),
                new Attempts(RequestLimit.daemon("replicator-lease-request"), Timing.system(clock)));
    }

    HookMachinery withTiming(Timing value) {
        return new HookMachinery(engine, value, ticker, random, ids, host, pid, attempts);
    }
}
