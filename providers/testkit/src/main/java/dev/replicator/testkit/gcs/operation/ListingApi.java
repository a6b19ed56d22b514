package dev.replicator.testkit.gcs.operation;

import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.json.Json;
import dev.replicator.testkit.gcs.listing.HonestListing;
import dev.replicator.testkit.gcs.listing.ListQuery;
import dev.replicator.testkit.gcs.listing.PageTokens;
import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.request.GcsRequest;
import dev.replicator.testkit.gcs.store.Bucket;
import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.http.Query;
import java.util.Optional;

/** Listings of objects, told as the request's lie has it. */
final class ListingApi {
    private final World world;

    ListingApi(World world) {
        this.world = world;
    }

    HttpResponse list(GcsRequest request) {
        ListQuery query = query(request);
        Bucket bucket = world.bucket(request);
        HonestListing truth = new HonestListing(bucket, query, request.mask(), Answers.writer(request));
        byte[] body = request.plan()
                .first(GcsFault.Lie.class)
                .map(fault -> fault.lie().tell(truth))
                .orElseGet(() -> Json.bytes(truth.document()));
        return HttpResponse.json(200, body);
    }

    private ListQuery query(GcsRequest request) {
        Query query = request.query();
        for (String unserved : new String[] {"matchGlob", "softDeleted", "includeFoldersAsPrefixes", "filter"}) {
            if (query.first(unserved).filter(value -> !value.equals("false")).isPresent()) {
                throw GcsRefusal.ofParameter(Reason.INVALID_PARAMETER, "The fake does not serve this.", unserved);
            }
        }
        String prefix = query.first("prefix").orElse("");
        String delimiter = query.first("delimiter").orElse("");
        Optional<ListQuery.Position> position = query.first("pageToken")
                .filter(token -> !token.isEmpty())
                .map(token -> PageTokens.parse(request.bucket(), prefix, delimiter, token));
        return new ListQuery(
                request.bucket(),
                prefix,
                delimiter,
                query.first("startOffset").orElse(""),
                query.first("endOffset").orElse(""),
                most(request),
                request.flag("includeTrailingDelimiter"),
                position);
    }

    private int most(GcsRequest request) {
        long limit = world.limits().entriesPerPage();
        long asked = request.number("maxResults").orElse(limit);
        int most = (int) Math.min(asked == 0 ? limit : asked, limit);
        return request.plan()
                .first(GcsFault.ShortPage.class)
                .map(page -> Math.min(page.entries(), most))
                .orElse(most);
    }
}
