package dev.replicator.testkit.s3.api;

import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.request.S3Request;
import dev.replicator.testkit.s3.request.ServiceSettings;
import dev.replicator.testkit.s3.store.Bucket;
import dev.replicator.testkit.s3.store.BucketSettings;
import dev.replicator.testkit.s3.store.Buckets;
import dev.replicator.testkit.s3.store.Versioning;
import dev.replicator.testkit.s3.xml.XmlNode;
import dev.replicator.testkit.s3.xml.XmlWriter;
import java.util.Locale;

/** The operations on buckets themselves. */
final class BucketApi {
    private final Buckets buckets;
    private final ServiceSettings settings;

    BucketApi(Buckets buckets, ServiceSettings settings) {
        this.buckets = buckets;
        this.settings = settings;
    }

    HttpResponse list() {
        XmlWriter xml = new XmlWriter().root("ListAllMyBucketsResult");
        xml.open("Owner").element("ID", settings.ownerId()).close("Owner").open("Buckets");
        for (Bucket bucket : buckets.all()) {
            xml.open("Bucket")
                    .element("Name", bucket.name())
                    .element("CreationDate", bucket.created())
                    .close("Bucket");
        }
        return HttpResponse.xml(
                200, xml.close("Buckets").close("ListAllMyBucketsResult").toBytes());
    }

    HttpResponse create(S3Request request) {
        if (request.body().bytes().length > 0) {
            String asked = XmlNode.parse(request.body().bytes(), "CreateBucketConfiguration")
                    .child("LocationConstraint")
                    .orElse(settings.region());
            if (!asked.equals(settings.region())) {
                throw S3Refusal.of(
                        ErrorCode.INVALID_ARGUMENT,
                        "The " + asked + " location constraint is incompatible for the region specific endpoint this"
                                + " request was sent to.");
            }
        }
        Bucket bucket = buckets.create(request.bucket(), BucketSettings.ORDINARY);
        if (request.header("x-amz-bucket-object-lock-enabled")
                .filter("true"::equals)
                .isPresent()) {
            bucket.change(Versioning.ENABLED);
        }
        return HttpResponse.of(200).with("Location", "/" + request.bucket());
    }

    HttpResponse delete(S3Request request) {
        buckets.delete(request.bucket());
        return HttpResponse.of(204);
    }

    HttpResponse head(S3Request request) {
        buckets.get(request.bucket());
        return HttpResponse.of(200).with("x-amz-bucket-region", settings.region());
    }

    HttpResponse location(S3Request request) {
        buckets.get(request.bucket());
        XmlWriter xml = new XmlWriter().root("LocationConstraint");
        if (!settings.region().equals("us-east-1")) {
            xml.raw(settings.region());
        }
        return HttpResponse.xml(200, xml.close("LocationConstraint").toBytes());
    }

    HttpResponse versioning(S3Request request) {
        Versioning versioning = buckets.get(request.bucket()).versioning();
        XmlWriter xml = new XmlWriter().root("VersioningConfiguration");
        switch (versioning) {
            case OFF -> xml.raw("");
            case ENABLED -> xml.element("Status", "Enabled");
            case SUSPENDED -> xml.element("Status", "Suspended");
        }
        return HttpResponse.xml(200, xml.close("VersioningConfiguration").toBytes());
    }

    HttpResponse changeVersioning(S3Request request) {
        String status =
                XmlNode.parse(request.body().bytes(), "VersioningConfiguration").required("Status");
        if (!status.equals("Enabled") && !status.equals("Suspended")) {
            throw S3Refusal.of(ErrorCode.MALFORMED_XML);
        }
        buckets.get(request.bucket()).change(Versioning.valueOf(status.toUpperCase(Locale.ROOT)));
        return HttpResponse.of(200);
    }
}
