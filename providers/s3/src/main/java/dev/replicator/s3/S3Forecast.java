package dev.replicator.s3;

import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.Capability;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.RequestCounts;
import dev.replicator.store.RequestForecast;
import dev.replicator.store.RequestKind;
import dev.replicator.store.TransferSizes;

/**
 * The requests of an object's way, by the same thresholds that its reader, writer and copier use. The head of a large
 * object on a server other than Amazon's may hide how many tags there are, so those are always asked for there.
 */
record S3Forecast(S3Settings settings) implements RequestForecast {
    /** One starts a multipart upload, one completes it. */
    private static final RequestCounts FRAME = RequestCounts.of(RequestKind.MULTIPART, 2);

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public RequestCounts copying(long size) {
        TransferSizes sizes = settings.sizes();
        if (size <= sizes.multipartCopy()) {
            return RequestCounts.of(RequestKind.COPY, 1);
        }
        return headOfLarge().plus(FRAME).and(RequestKind.COPY, parts(size, sizes.partOf(size)));
    }

    @Override
    public Writing writing(long size) {
        TransferSizes sizes = settings.sizes();
        if (size <= Math.min(sizes.multipartUpload(), TransferSizes.MAX_COPY)) {
            return new Writing(RequestCounts.of(RequestKind.PUT, 1), Reading.WHOLE);
        }
        long parts = parts(size, sizes.partOf(size));
        return new Writing(FRAME.and(RequestKind.PUT, parts), Reading.byRanges(parts));
    }

    /** A small object's first read brings its metadata; a whole range is the same as the whole. */
    @Override
    public RequestCounts reading(ObjectMeta object, Reading reading) {
        long size = object.size();
        boolean large = size > settings.sizes().multipartUpload();
        if (reading.how() == Reading.How.SAVED
                && large
                && settings.capabilities().contains(Capability.PINNED_READ)) {
            return headOfLarge()
                    .and(RequestKind.HEAD, 1)
                    .and(RequestKind.GET, parts(size, settings.sizes().part()));
        }
        boolean byRanges = reading.how() == Reading.How.RANGES && reading.ranges() > 1;
        long gets = byRanges ? reading.ranges() : 1;
        return large
                ? headOfLarge().and(RequestKind.GET, gets)
                : RequestCounts.of(RequestKind.GET, byRanges ? gets + 1 : 1);
    }

    /** A head and the grants first; a large object's tags are set by hand. */
    @Override
    public RequestCounts updating(long size) {
        boolean grants = settings.write().acl().filter(acl -> !acl.isBlank()).isEmpty();
        RequestCounts asked = RequestCounts.of(RequestKind.OTHER, grants ? 1 : 0);
        return size <= settings.sizes().multipartCopy()
                ? asked.and(RequestKind.HEAD, 1).and(RequestKind.COPY, 1)
                : asked.plus(copying(size));
    }

    private RequestCounts headOfLarge() {
        boolean asksForTags = !settings.amazon() && settings.capabilities().contains(Capability.TAGS);
        return RequestCounts.of(RequestKind.HEAD, 1).and(RequestKind.TAGS, asksForTags ? 1 : 0);
    }

    private static long parts(long size, long part) {
        return Math.max(1, (size + part - 1) / part);
    }
}
