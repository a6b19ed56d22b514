package dev.replicator.gcs.write;

import dev.replicator.gcs.client.GcsSettings;
import dev.replicator.gcs.object.GcsBody;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.RequestCounts;
import dev.replicator.store.RequestForecast;
import dev.replicator.store.RequestKind;

/**
 * The requests of an object's way, by the same thresholds that its reader, writer and copier use. A copy is taken to stay
 * within a location and storage class, where one call does it.
 */
public record GcsForecast(GcsSettings settings) implements RequestForecast {
    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public RequestCounts copying(long size) {
        return RequestCounts.of(RequestKind.COPY, 1).and(RequestKind.HEAD, GcsCopier.readsMetadata(settings) ? 1 : 0);
    }

    @Override
    public Writing writing(long size) {
        if (size <= GcsWriter.largestWhole(settings)) {
            return new Writing(RequestCounts.of(RequestKind.PUT, 1), Reading.WHOLE);
        }
        if (Components.areFor(settings, size)) {
            return composing(Components.cut(settings.sizes(), "", size));
        }
        return resumable(size);
    }

    private Writing composing(Components components) {
        RequestCounts requests = RequestCounts.of(RequestKind.MULTIPART, 1).and(RequestKind.DELETE, components.count());
        long ranges = 0;
        for (int number = 1; number <= components.count(); number++) {
            long size = components.size(number);
            boolean whole = size <= GcsWriter.largestWhole(settings);
            requests = requests.plus(
                    whole
                            ? RequestCounts.of(RequestKind.PUT, 1)
                            : resumable(size).requests());
            ranges += whole ? 1 : ResumableUpload.steps(settings.sizes(), size);
        }
        return new Writing(requests, Reading.byRanges(ranges));
    }

    private Writing resumable(long size) {
        long steps = ResumableUpload.steps(settings.sizes(), size);
        return new Writing(
                RequestCounts.of(RequestKind.MULTIPART, 1).and(RequestKind.PUT, steps), Reading.byRanges(steps));
    }

    /** Metadata that a listing showed are confirmed by a read of the whole; others come with a head of their own. */
    @Override
    public RequestCounts reading(ObjectMeta object, Reading reading) {
        boolean byRanges = reading.how() == Reading.How.RANGES && reading.ranges() > 1;
        long gets = byRanges ? reading.ranges() : 1;
        return GcsBody.showsMetadata(object, settings)
                ? RequestCounts.of(RequestKind.GET, byRanges ? gets + 1 : 1)
                : RequestCounts.of(RequestKind.HEAD, 1).and(RequestKind.GET, gets);
    }

    /** A plan that was written down does not know what is there: applying it takes a head more. */
    @Override
    public RequestCounts updating(long size) {
        return RequestCounts.of(RequestKind.PUT, 1);
    }
}
