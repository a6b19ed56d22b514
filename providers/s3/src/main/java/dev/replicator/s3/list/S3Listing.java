package dev.replicator.s3.list;

import dev.replicator.s3.client.BucketNames;
import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.Refusal;
import dev.replicator.s3.client.S3Errors;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.Page;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.UnprovenListingException;
import dev.replicator.store.remote.NotProven;
import java.util.Optional;

/**
 * A bucket's listing, page by page, each proven before it is shown ({@link PageProof} has the rules). After a failure
 * the next call asks again from behind the last key. Used by one thread.
 */
public final class S3Listing implements Listing {
    private static final int OK = 200;

    private final ListClient client;
    private final ListRequest request;
    private final Call call;
    private final String bucket;
    private final PageProof proof;
    private final PageScanner scanner = new PageScanner();
    private final Position position;
    private byte[] buffer = new byte[0];

    public S3Listing(ListClient client, String bucket, ListRequest request) {
        this.client = client;
        this.request = request;
        this.bucket = bucket;
        call = Call.of("list", bucket);
        proof = new PageProof(bucket, BucketNames.isAccessPoint(bucket), request);
        position = new Position(
                request.range().lo().map(key -> StartAfter.atMost(key.bytes())).orElse(new byte[0]));
    }

    @Override
    public Optional<Page> next() {
        if (position.isDone()) {
            return Optional.empty();
        }
        try {
            return Optional.of(page());
        } catch (NotProven e) {
            throw new UnprovenListingException(where() + ": not proven: " + e.getMessage(), e);
        } catch (TransientStoreException e) {
            if (StartAfter.isExact(position.floor())) {
                position.forgetToken();
            }
            throw e;
        }
    }

    private Page page() throws NotProven {
        if (Thread.currentThread().isInterrupted()) {
            throw S3Errors.interrupted(call, new InterruptedException());
        }
        String startAfter = StartAfter.text(position.floor());
        ListClient.Answer answer = client.ask(call, request, position.token(), startAfter, buffer);
        buffer = answer.buffer();
        if (answer.response().statusCode() != OK) {
            throw refused(answer);
        }
        if (scanner.scan(buffer, answer.length()) == PageScanner.Root.ERROR) {
            throw refused(answer);
        }
        return proof.prove(scanner, position);
    }

    private StoreException refused(ListClient.Answer answer) throws NotProven {
        Refusal refusal = Refusal.of(answer.response(), buffer, answer.length());
        if (refusal.status() == OK && refusal.code().isEmpty()) {
            throw new NotProven("an error without a code");
        }
        return S3Errors.answered(call, refusal, new RefusedListing(refusal));
    }

    private String where() {
        return "list s3://" + bucket + (request.prefix().isEmpty() ? "" : "/" + request.prefix());
    }

    /** A proven listing showed everything. */
    @Override
    public boolean complete() {
        return true;
    }

    @Override
    public void close() {
        buffer = new byte[0];
    }

    /** Stands as the cause where no client threw. */
    private static final class RefusedListing extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedListing(Refusal refusal) {
            super(refusal.status() + " " + refusal.code(), null, false, false);
        }
    }
}
