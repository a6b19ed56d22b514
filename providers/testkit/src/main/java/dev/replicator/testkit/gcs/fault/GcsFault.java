package dev.replicator.testkit.gcs.fault;

import dev.replicator.testkit.gcs.listing.LyingListing;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.wire.WireFault;
import java.time.Duration;
import java.util.Map;

/** What goes wrong at GCS alone; what any service does wrong is {@link WireFault}. */
public sealed interface GcsFault extends WireFault {
    /** Answers the error of this reason in place of doing anything; {@code status} may differ from the reason's. */
    record Refuse(Reason reason, int status, Map<String, String> headers) implements GcsFault {
        public Refuse {
            headers = Map.copyOf(headers);
        }

        /** The same with a {@code Retry-After} in whole seconds. */
        public Refuse retryAfter(Duration wait) {
            return new Refuse(reason, status, Map.of("Retry-After", Long.toString(wait.toSeconds())));
        }
    }

    /** Does nothing and answers 200 with an error document. */
    record ErrorInOk(Reason reason) implements GcsFault {}

    /** Answers a listing with a lie; has no effect on other operations. */
    record Lie(LyingListing lie) implements GcsFault {}

    /** An honest page of no more than so many entries, which may be 0, and a token where there are more. */
    record ShortPage(int entries) implements GcsFault {}

    /** Answers a crc32c that is not the object's, in its resource and in {@code X-Goog-Hash}. */
    record WrongCrc32c() implements GcsFault {}

    /**
     * Stores bytes that are not those of the hashes given with them, and answers no crc32c, as some emulators do; an MD5,
     * where the object has one, only if {@code tellsMd5}.
     */
    record Careless(boolean tellsMd5) implements GcsFault {}

    /** Keeps only the first so many bytes of a resumable upload's request and says so, as GCS may. */
    record PersistPartly(long bytes) implements GcsFault {}

    /** Forgets the resumable session that the request is for, and answers this status: 404 or 410. */
    record LoseSession(int status) implements GcsFault {}

    /** Forgets the rewrite that the request continues, and answers this status: 400, 404 or 410. */
    record LoseRewriteToken(int status) implements GcsFault {}

    static Refuse error(Reason reason) {
        return new Refuse(reason, reason.status(), Map.of());
    }

    static Refuse rateLimited() {
        return error(Reason.RATE_LIMIT_EXCEEDED);
    }

    static Refuse unavailable() {
        return error(Reason.BACKEND_ERROR);
    }

    static Refuse internalError() {
        return error(Reason.INTERNAL_ERROR);
    }

    static Refuse forbidden() {
        return error(Reason.FORBIDDEN);
    }

    static Lie lie(LyingListing lie) {
        return new Lie(lie);
    }
}
