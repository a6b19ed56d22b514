package dev.replicator.testkit.gcs;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How a {@link FakeGcs} behaves.
 *
 * @param port to listen on, 0 for a free one
 * @param project the only one that requests may name; with none, all may be named
 * @param tokens the bearer tokens that are let in; with none, every request is
 * @param clock for generations, times of objects and the Date field
 * @param entriesPerPage of a listing at most; 1,000 at GCS
 * @param bytesPerRewrite that a call of a rewrite moves where it has to move them
 * @param logLimit how many of the latest requests are kept in full; with 0 they are only counted
 * @param latency that every request waits for
 */
public record FakeGcsOptions(
        int port,
        Optional<String> project,
        Set<String> tokens,
        Clock clock,
        int entriesPerPage,
        long bytesPerRewrite,
        int logLimit,
        Duration latency) {
    public FakeGcsOptions {
        tokens = Set.copyOf(tokens);
    }

    /** As strict as GCS, on a free port, for every project and without credentials, with the system's clock. */
    public static FakeGcsOptions strict() {
        return new FakeGcsOptions(
                0, Optional.empty(), Set.of(), Clock.systemUTC(), 1_000, 1L << 30, 100_000, Duration.ZERO);
    }

    public FakeGcsOptions withPort(int newPort) {
        return new FakeGcsOptions(newPort, project, tokens, clock, entriesPerPage, bytesPerRewrite, logLimit, latency);
    }

    public FakeGcsOptions withProject(String only) {
        return new FakeGcsOptions(
                port, Optional.of(only), tokens, clock, entriesPerPage, bytesPerRewrite, logLimit, latency);
    }

    public FakeGcsOptions withTokens(String... accepted) {
        return new FakeGcsOptions(
                port, project, Set.of(accepted), clock, entriesPerPage, bytesPerRewrite, logLimit, latency);
    }

    public FakeGcsOptions withClock(Clock newClock) {
        return new FakeGcsOptions(port, project, tokens, newClock, entriesPerPage, bytesPerRewrite, logLimit, latency);
    }

    public FakeGcsOptions withEntriesPerPage(int most) {
        return new FakeGcsOptions(port, project, tokens, clock, most, bytesPerRewrite, logLimit, latency);
    }

    public FakeGcsOptions withBytesPerRewrite(long bytes) {
        return new FakeGcsOptions(port, project, tokens, clock, entriesPerPage, bytes, logLimit, latency);
    }

    public FakeGcsOptions withLogLimit(int requests) {
        return new FakeGcsOptions(port, project, tokens, clock, entriesPerPage, bytesPerRewrite, requests, latency);
    }

    public FakeGcsOptions withLatency(Duration newLatency) {
        return new FakeGcsOptions(port, project, tokens, clock, entriesPerPage, bytesPerRewrite, logLimit, newLatency);
    }
}
