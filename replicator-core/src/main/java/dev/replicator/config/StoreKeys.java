package dev.replicator.config;

import static dev.replicator.config.binding.Slot.emptiable;
import static dev.replicator.config.binding.Slot.required;
import static dev.replicator.config.binding.Slot.value;

import dev.replicator.config.binding.Kind;
import dev.replicator.config.binding.Kinds;
import dev.replicator.config.binding.Shape;
import dev.replicator.config.binding.Slot.Emptiable;
import dev.replicator.config.binding.Slot.Nested;
import dev.replicator.config.binding.Slot.Required;
import dev.replicator.config.binding.Slot.Value;
import dev.replicator.config.binding.Slot.Values;
import dev.replicator.store.Capability;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.StoreSettings.Links;
import dev.replicator.store.StoreSettings.PathStyle;
import dev.replicator.store.TransferSizes;
import java.net.URISyntaxException;

/** The keys of a store. */
final class StoreKeys {
    static final long LEAST_PART = 5L << 20;
    static final Kind<Long> PART = Kinds.size(LEAST_PART, TransferSizes.MAX_COPY);

    static final Required<String> URI = required(
            "uri",
            Kinds.unquoted(text -> text),
            "Location: s3://bucket/prefix, gs://bucket/prefix, file:///dir or ./dir.");
    static final Emptiable<String> REGION = emptiable(
            "region",
            Kinds.checked(text -> matching(text, "[A-Za-z0-9-]{2,40}", "is not the name of a region")),
            "Region; without it the SDK's own chain finds it.");
    static final Emptiable<String> ENDPOINT = emptiable(
            "endpoint",
            Kinds.unquoted(StoreKeys::endpoint),
            "URL of a compatible server; without it the SDK's own variables or the service itself.");
    static final Value<PathStyle> PATH_STYLE = value(
            "path-style",
            Kinds.word(PathStyle.class),
            "auto",
            "Whether the bucket stands in the URL's path; auto: where the endpoint is localhost or an IP address.");
    static final Value<Checksums> CHECKSUMS = value(
            "checksums",
            Kinds.word(Checksums.class),
            "when-supported",
            "When the client adds checksums to its requests.");
    static final Value<Boolean> REQUESTER_PAYS =
            value("requester-pays", Kinds.flag(), "false", "Agree to pay for requests to somebody else's bucket.");
    static final Emptiable<String> EXPECTED_BUCKET_OWNER = emptiable(
            "expected-bucket-owner",
            Kinds.checked(text -> matching(text, "\\d{12}", "is not an account id of 12 digits (quote it)")),
            "Account id that the bucket must belong to.");
    static final Emptiable<String> PROFILE =
            emptiable("profile", Kinds.text(), "Named profile of the SDK's own files.");
    static final Emptiable<String> ROLE_ARN = emptiable(
            "role-arn",
            Kinds.checked(text -> matching(
                    text, "arn:[a-z-]+:iam::\\d{12}:role/.+", "is no role's ARN: arn:aws:iam::<account>:role/<name>")),
            "Role to assume.");
    static final Emptiable<String> PROJECT = emptiable(
            "project",
            Kinds.checked(text -> matching(
                    text, "([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]|\\d+", "is no Google Cloud project id")),
            "Google Cloud project that pays, where requester-pays is set.");
    static final Value<Links> LINKS = value(
            "links",
            Kinds.word(Links.class),
            "skip",
            "What a directory does with symbolic links; follow stays inside the root.");
    static final Values<Capability> CAPABILITIES = new Values<>(
            "capabilities",
            Kinds.word(Capability.class),
            true,
            "auto",
            "What the store can do, where that is known better than by its host; auto: a table of known hosts.");
    static final Value<Long> MULTIPART_COPY = value(
            "multipart-copy",
            Kinds.size(1, TransferSizes.MAX_COPY),
            "5GiB",
            "Server-side copies of larger objects go part by part.");
    static final Value<Long> MULTIPART_UPLOAD = value(
            "multipart-upload",
            Kinds.size(1, TransferSizes.MAX_COPY),
            "16MiB",
            "Larger objects are uploaded part by part.");
    static final Value<Long> PART_SIZE =
            value("part-size", PART, "16MiB", "Size of a part; raised for objects of over 10,000 parts.");

    static final Emptiable<String> STORAGE_CLASS =
            emptiable("storage-class", Kinds.text(), "Storage class of written objects, in the service's own words.");
    static final Emptiable<String> SSE =
            emptiable("sse", Kinds.oneOf("AES256", "aws:kms"), "Server-side encryption of written objects.");
    static final Emptiable<String> KMS_KEY =
            emptiable("kms-key", Kinds.text(), "Key id or alias for sse aws:kms; on gs:// the key's resource name.");
    static final Emptiable<String> ACL =
            emptiable("acl", Kinds.text(), "Canned ACL of written objects; without it none is sent.");
    static final Value<Boolean> COMPOSITE_UPLOADS = value(
            "composite-uploads",
            Kinds.flag(),
            "false",
            "On gs://, send large objects as components at once and let the service compose them.");
    static final Nested WRITE = new Nested(
            "write", Shape.of(STORAGE_CLASS, SSE, KMS_KEY, ACL, COMPOSITE_UPLOADS), false, "What written objects get.");

    static final Shape STORE = Shape.of(
            URI,
            REGION,
            ENDPOINT,
            PATH_STYLE,
            CHECKSUMS,
            REQUESTER_PAYS,
            EXPECTED_BUCKET_OWNER,
            PROFILE,
            ROLE_ARN,
            PROJECT,
            LINKS,
            CAPABILITIES,
            MULTIPART_COPY,
            MULTIPART_UPLOAD,
            PART_SIZE,
            WRITE);

    private StoreKeys() {}

    private static String matching(String text, String pattern, String otherwise) {
        if (!text.matches(pattern)) {
            throw new IllegalArgumentException(otherwise);
        }
        return text;
    }

    private static String endpoint(String text) {
        try {
            java.net.URI url = new java.net.URI(text);
            String scheme = String.valueOf(url.getScheme());
            if ((scheme.equals("http") || scheme.equals("https"))
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getQuery() == null
                    && url.getFragment() == null) {
                return text.replaceFirst("/+$", "");
            }
        } catch (URISyntaxException e) {
            // Not as a cause: it carries the text.
            throw new IllegalArgumentException("is not a URL such as https://s3.example.com:9000");
        }
        throw new IllegalArgumentException("must be http:// or https:// with a host, without user, password or query");
    }
}
