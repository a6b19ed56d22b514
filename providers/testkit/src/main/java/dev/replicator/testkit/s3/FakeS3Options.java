package dev.replicator.testkit.s3;

import dev.replicator.testkit.s3.model.FakeCredentials;
import dev.replicator.testkit.s3.model.Weakness;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How a {@link FakeS3} behaves.
 *
 * @param port to listen on, 0 for a free one
 * @param region that requests must be signed for
 * @param ownerId that {@code x-amz-expected-bucket-owner} must name
 * @param credentials accepted from the start
 * @param anonymousAllowed whether unsigned requests are let in too
 * @param clock for times of objects, the Date field and the check of clock skew
 * @param weaknesses in which the server falls short of S3
 * @param smallestPart in bytes, of all parts of an upload but the last; 5 MiB at S3
 * @param logLimit how many of the latest requests are kept in full; with 0 they are only counted
 * @param latency that every request waits for
 * @param gap between the check and the write of conditional writes under {@link Weakness#NON_ATOMIC_CONDITIONS}
 */
public record FakeS3Options(
        int port,
        String region,
        String ownerId,
        List<FakeCredentials> credentials,
        boolean anonymousAllowed,
        Clock clock,
        Set<Weakness> weaknesses,
        long smallestPart,
        int logLimit,
        Duration latency,
        Duration gap) {
    /** The credentials of {@link #strict()}. */
    public static final FakeCredentials CREDENTIALS = FakeCredentials.of("fake-access-key", "fake-secret-key");

    public FakeS3Options {
        credentials = List.copyOf(credentials);
        weaknesses = Set.copyOf(weaknesses);
    }

    /** As strict as S3, on a free port, in us-east-1, with {@link #CREDENTIALS} and the system's clock. */
    public static FakeS3Options strict() {
        return new FakeS3Options(
                0,
                "us-east-1",
                "000000000000",
                List.of(CREDENTIALS),
                false,
                Clock.systemUTC(),
                Set.of(),
                5L << 20,
                100_000,
                Duration.ZERO,
                Duration.ofMillis(5));
    }

    /** The same with these weaknesses too. */
    public FakeS3Options with(Weakness... more) {
        Set<Weakness> all = EnumSet.noneOf(Weakness.class);
        all.addAll(weaknesses);
        all.addAll(List.of(more));
        return new FakeS3Options(
                port, region, ownerId, credentials, anonymousAllowed, clock, all, smallestPart, logLimit, latency, gap);
    }

    public FakeS3Options withPort(int newPort) {
        return new FakeS3Options(
                newPort,
                region,
                ownerId,
                credentials,
                anonymousAllowed,
                clock,
                weaknesses,
                smallestPart,
                logLimit,
                latency,
                gap);
    }

    public FakeS3Options withRegion(String newRegion) {
        return new FakeS3Options(
                port,
                newRegion,
                ownerId,
                credentials,
                anonymousAllowed,
                clock,
                weaknesses,
                smallestPart,
                logLimit,
                latency,
                gap);
    }

    public FakeS3Options withCredentials(FakeCredentials... accepted) {
        return new FakeS3Options(
                port,
                region,
                ownerId,
                List.of(accepted),
                anonymousAllowed,
                clock,
                weaknesses,
                smallestPart,
                logLimit,
                latency,
                gap);
    }

    public FakeS3Options withAnonymousAllowed() {
        return new FakeS3Options(
                port, region, ownerId, credentials, true, clock, weaknesses, smallestPart, logLimit, latency, gap);
    }

    public FakeS3Options withClock(Clock newClock) {
        return new FakeS3Options(
                port,
                region,
                ownerId,
                credentials,
                anonymousAllowed,
                newClock,
                weaknesses,
                smallestPart,
                logLimit,
                latency,
                gap);
    }

    public FakeS3Options withSmallestPart(long bytes) {
        return new FakeS3Options(
                port, region, ownerId, credentials, anonymousAllowed, clock, weaknesses, bytes, logLimit, latency, gap);
    }

    public FakeS3Options withLogLimit(int requests) {
        return new FakeS3Options(
                port,
                region,
                ownerId,
                credentials,
                anonymousAllowed,
                clock,
                weaknesses,
                smallestPart,
                requests,
                latency,
                gap);
    }

    public FakeS3Options withLatency(Duration newLatency) {
        return new FakeS3Options(
                port,
                region,
                ownerId,
                credentials,
                anonymousAllowed,
                clock,
                weaknesses,
                smallestPart,
                logLimit,
                newLatency,
                gap);
    }

    public FakeS3Options withGap(Duration newGap) {
        return new FakeS3Options(
                port,
                region,
                ownerId,
                credentials,
                anonymousAllowed,
                clock,
                weaknesses,
                smallestPart,
                logLimit,
                latency,
                newGap);
    }
}
