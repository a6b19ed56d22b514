package dev.replicator.testkit.s3.api;

import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.http.Payload;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.listing.HonestListing;
import dev.replicator.testkit.s3.listing.ListingQueries;
import dev.replicator.testkit.s3.listing.ListingQuery;
import dev.replicator.testkit.s3.listing.ListingXml;
import dev.replicator.testkit.s3.listing.PageReader;
import dev.replicator.testkit.s3.listing.UploadListing;
import dev.replicator.testkit.s3.listing.VersionListing;
import dev.replicator.testkit.s3.model.Weakness;
import dev.replicator.testkit.s3.request.S3Request;
import dev.replicator.testkit.s3.request.ServiceSettings;
import dev.replicator.testkit.s3.store.Bucket;
import dev.replicator.testkit.s3.store.Buckets;

/** The listings; of objects, told as the request's lie has it. */
final class ListingApi {
    private final Buckets buckets;
    private final ListingQueries queries;
    private final ListingXml xml;

    ListingApi(Buckets buckets, ServiceSettings settings) {
        this.buckets = buckets;
        this.queries = new ListingQueries(settings.weaknesses());
        this.xml = new ListingXml(settings.ownerId(), settings.weaknesses().contains(Weakness.WHOLE_SECOND_TIMES));
    }

    HttpResponse second(S3Request request) {
        return told(request, queries.second(request.bucket(), request.query()));
    }

    HttpResponse first(S3Request request) {
        return told(request, queries.first(request.query()));
    }

    HttpResponse versions(S3Request request) {
        return HttpResponse.xml(200, VersionListing.write(buckets.get(request.bucket()), request.query()));
    }

    HttpResponse uploads(S3Request request) {
        return HttpResponse.xml(200, UploadListing.write(buckets.get(request.bucket()), request.query()));
    }

    private HttpResponse told(S3Request request, ListingQuery query) {
        Bucket bucket = buckets.get(request.bucket());
        HonestListing truth = new HonestListing(bucket, PageReader.read(bucket, query), xml);
        Payload body = request.plan()
                .first(Fault.Lie.class)
                .map(fault -> Payload.of(fault.lie().tell(truth)))
                .orElseGet(truth::payload);
        return HttpResponse.of(200).with("Content-Type", "application/xml").withBody(body);
    }
}
