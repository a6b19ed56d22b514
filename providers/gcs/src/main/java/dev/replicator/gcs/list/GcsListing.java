package dev.replicator.gcs.list;

import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsErrors;
import dev.replicator.gcs.client.Refusal;
import dev.replicator.store.Displays;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.Page;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.UnprovenListingException;
import dev.replicator.store.remote.NotProven;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A bucket's listing, page by page, each proven before it is shown ({@link PageProof} has the rules). After a failure
 * the next call asks again from the last key. Used by one thread.
 */
public final class GcsListing implements Listing {
    private static final int OK = 200;

    private final ListClient client;
    private final ListRequest request;
    private final Call call;
    private final PageProof proof;
    private final PageScanner scanner;
    private final Position position;
    private byte[] buffer = new byte[0];

    /** Sends nothing. */
    public GcsListing(ListClient client, String bucket, ListRequest request) {
        this.client = client;
        this.request = request;
        call = Call.of("list", bucket);
        proof = new PageProof(request);
        scanner = new PageScanner(bucket, request.metadata());
        position = new Position(
                request.range().lo().map(key -> Offsets.atMost(key.bytes())).orElse(new byte[0]));
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
            position.forgetToken();
            throw e;
        }
    }

    private Page page() throws NotProven {
        ListClient.Answer answer = client.ask(call, request, position, buffer);
        buffer = answer.buffer();
        if (answer.status() != OK) {
            throw refused(answer);
        }
        scanner.scan(buffer, answer.length());
        if (scanner.isError()) {
            throw refused(answer);
        }
        return proof.prove(scanner, position);
    }

    private StoreException refused(ListClient.Answer answer) throws NotProven {
        String text = new String(buffer, 0, Math.min(answer.length(), 64 * 1024), StandardCharsets.UTF_8);
        Refusal refusal = Refusal.of(answer.status(), text, answer.headers());
        if (refusal.status() == OK) {
            throw new NotProven("an error without a code");
        }
        return GcsErrors.answered(call, refusal, new RefusedListing(refusal));
    }

    private String where() {
        return call
                + (request.prefix().isEmpty()
                        ? ""
                        : "/" + Displays.escaped(request.prefix().text()));
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
            super(refusal.status() + " " + refusal.reason(), null, false, false);
        }
    }
}
