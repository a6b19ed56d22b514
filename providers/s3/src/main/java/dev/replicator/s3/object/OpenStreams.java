package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.remote.CountedStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The streams that one request's attempts open, counted and summed each; closed together when the request is over. Used
 * by one thread.
 */
final class OpenStreams implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OpenStreams.class);
    /** What S3 says of an object that was written without a content type. */
    private static final String NO_TYPE = "binary/octet-stream";

    private final Call call;
    private final Supplier<InputStream> source;
    private final long size;
    private final List<Algorithm> digests;
    private final List<SummedStream> opened = new ArrayList<>();

    /** @param digests that are to be known of what was sent */
    OpenStreams(Call call, Supplier<InputStream> source, long size, List<Algorithm> digests) {
        this.call = call;
        this.source = source;
        this.size = size;
        this.digests = digests;
    }

    RequestBody asRequestBody() {
        return RequestBody.fromContentProvider(this::next, size, NO_TYPE);
    }

    InputStream next() {
        SummedStream stream = new SummedStream(source.get(), digests);
        opened.add(stream);
        return new CountedStream(call, stream, size);
    }

    /** Digests of what the last attempt sent; to be asked once. */
    List<Fingerprint> sent() {
        return opened.isEmpty() ? List.of() : opened.get(opened.size() - 1).fingerprints();
    }

    @Override
    public void close() {
        for (InputStream stream : opened) {
            try {
                stream.close();
            } catch (IOException e) {
                log.debug("{}: closing the source failed after the request was over", call, e);
            }
        }
    }
}
