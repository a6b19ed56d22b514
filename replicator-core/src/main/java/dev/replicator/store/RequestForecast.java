package dev.replicator.store;

/**
 * Role: foretells, without sending anything, the requests that moving an object takes when nothing goes wrong. What only
 * the object itself knows is left out: its tags cost a request more to read. Pure and thread-safe.
 */
public interface RequestForecast {
    /** For stores without this role: they are a service's, and every deed is one request. */
    RequestForecast ONE_EACH = new RequestForecast() {
        @Override
        public boolean isLocal() {
            return false;
        }

        @Override
        public Writing writing(long size) {
            return new Writing(RequestCounts.of(RequestKind.PUT, 1), Reading.WHOLE);
        }
    };

    /** The forecast of a store, or {@link #ONE_EACH}. */
    static RequestForecast of(ObjectStore store) {
        return store.role(RequestForecast.class).orElse(ONE_EACH);
    }

    /** Whether the store is this machine's own: nobody bills the calls that it counts as requests. */
    boolean isLocal();

    /** What one {@link ObjectStore#copyFrom} of an object of {@code size} bytes sends, to either bucket: one request. */
    default RequestCounts copying(long size) {
        return RequestCounts.of(RequestKind.COPY, 1);
    }

    /** What one {@link ObjectStore#write} of a body of {@code size} bytes sends, and how it reads the body. */
    Writing writing(long size);

    /**
     * What reading an object with its metadata sends: one request a range.
     *
     * @param object as it was listed; whether that showed its metadata may decide whether they are asked for
     */
    default RequestCounts reading(ObjectMeta object, Reading reading) {
        return RequestCounts.of(RequestKind.GET, Math.max(1, reading.ranges()));
    }

    /** What one {@link MetadataUpdate#update} of an object of {@code size} bytes sends. */
    default RequestCounts updating(long size) {
        return RequestCounts.of(RequestKind.COPY, 1);
    }

    /** What a write sends and how it reads. */
    record Writing(RequestCounts requests, Reading reading) {}

    /**
     * How a writer takes a body.
     *
     * @param ranges how many ranges; 0 where it does not read by range
     */
    record Reading(How how, long ranges) {
        /** Once, from begin to end. */
        public static final Reading WHOLE = new Reading(How.WHOLE, 0);
        /** By {@link ObjectBody#saveTo}, where the body can, else whole. */
        public static final Reading SAVED = new Reading(How.SAVED, 0);

        /** The ways. */
        public enum How {
            WHOLE,
            SAVED,
            RANGES
        }

        public static Reading byRanges(long ranges) {
            return new Reading(How.RANGES, ranges);
        }
    }
}
