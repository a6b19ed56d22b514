package dev.replicator.filesystem;

import dev.replicator.store.RequestCounts;
import dev.replicator.store.RequestForecast;
import dev.replicator.store.RequestKind;

/** A directory counts its calls as others count requests; nobody bills them. */
record FileForecast() implements RequestForecast {
    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public Writing writing(long size) {
        return new Writing(RequestCounts.of(RequestKind.PUT, 1), Reading.SAVED);
    }

    @Override
    public RequestCounts updating(long size) {
        return RequestCounts.of(RequestKind.PUT, 1);
    }
}
