package dev.replicator.execute;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMetadata;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Holds all streams of a run together below so many bytes per second. Thread-safe. */
final class Bandwidth {
    private static final int PERIODS_PER_SECOND = 20;

    private final Optional<RateLimiter> limiter;
    private final int mostAtOnce;

    Bandwidth(OptionalLong bytesPerSecond) {
        mostAtOnce = (int) Math.min(1 << 20, Math.max(1, bytesPerSecond.orElse(1) / PERIODS_PER_SECOND));
        limiter = bytesPerSecond.isEmpty()
                ? Optional.empty()
                : Optional.of(RateLimiter.of("bandwidth", config(bytesPerSecond.getAsLong())));
    }

    private static RateLimiterConfig config(long bytesPerSecond) {
        return RateLimiterConfig.custom()
                .limitForPeriod((int) Math.min(Integer.MAX_VALUE, Math.max(1, bytesPerSecond / PERIODS_PER_SECOND)))
                .limitRefreshPeriod(Duration.ofMillis(1_000 / PERIODS_PER_SECOND))
                .timeoutDuration(Duration.ofHours(1))
                .build();
    }

    /** The same body, read no faster than allowed; it hands out no file, which would be read past the limit. */
    ObjectBody limit(ObjectBody body) {
        return limiter.isEmpty() ? body : new Limited(body, limiter.get(), mostAtOnce);
    }

    private record Limited(ObjectBody delegate, RateLimiter limiter, int mostAtOnce) implements ObjectBody {
        @Override
        public long size() {
            return delegate.size();
        }

        @Override
        public ObjectMetadata metadata() {
            return delegate.metadata();
        }

        @Override
        public List<Fingerprint> fingerprints() {
            return delegate.fingerprints();
        }

        @Override
        public boolean isCheckedInOrder() {
            return delegate.isCheckedInOrder();
        }

        @Override
        public InputStream open() {
            return new LimitedStream(delegate.open(), limiter, mostAtOnce);
        }

        @Override
        public InputStream open(long offset, long length) {
            return new LimitedStream(delegate.open(offset, length), limiter, mostAtOnce);
        }

        @Override
        public void close() {
            delegate.close();
        }
    }

    private static final class LimitedStream extends InputStream {
        private final InputStream delegate;
        private final RateLimiter limiter;
        private final int mostAtOnce;

        LimitedStream(InputStream delegate, RateLimiter limiter, int mostAtOnce) {
            this.delegate = delegate;
            this.limiter = limiter;
            this.mostAtOnce = mostAtOnce;
        }

        @Override
        public int read() throws IOException {
            RateLimiter.waitForPermission(limiter, 1);
            return delegate.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = delegate.read(target, offset, Math.min(length, mostAtOnce));
            if (count > 0) {
                RateLimiter.waitForPermission(limiter, count);
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            delegate.close();
        }
    }
}
