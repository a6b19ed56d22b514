package dev.replicator.testkit.s3.listing;

import dev.replicator.testkit.http.Payload;
import dev.replicator.testkit.s3.store.Bucket;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** A listing's true answer, from which lies are made. */
public record HonestListing(Bucket bucket, ListingPage page, ListingXml xml) {
    public ListingQuery query() {
        return page.query();
    }

    /** The truth as it is sent. */
    public Payload payload() {
        return xml.payload(page);
    }

    /** What the server would answer to another question. */
    ListingPage answerTo(ListingQuery other) {
        return PageReader.read(bucket, other);
    }

    byte[] written(ListingPage told) {
        return xml.bytes(told);
    }

    byte[] rewritten(UnaryOperator<String> change) {
        return change.apply(text()).getBytes(StandardCharsets.UTF_8);
    }

    String text() {
        return new String(xml.bytes(page), StandardCharsets.UTF_8);
    }
}
