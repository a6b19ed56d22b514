package dev.replicator.config;

import dev.replicator.config.binding.Interpolation;
import dev.replicator.config.binding.Section;
import dev.replicator.config.binding.Slot;
import dev.replicator.store.Displays;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.WriteSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Turns a store's section into settings. */
final class StoreReader {
    /** Stands in while the rest of a section is searched for problems. */
    private static final StoreUri UNKNOWN = new StoreUri("unknown", "unknown", KeyPrefix.NONE);

    private static final String GOOGLE = "gs";

    private final Path workingDirectory;
    private final Interpolation interpolation;

    StoreReader(Path workingDirectory, Interpolation interpolation) {
        this.workingDirectory = workingDirectory;
        this.interpolation = interpolation;
    }

    /** The settings; absent when the location can't be read. */
    Optional<StoreSettings> read(Section store) {
        Optional<StoreUri> uri = store.get(StoreKeys.URI).flatMap(text -> location(store, StoreKeys.URI, text));
        StoreSettings settings = new StoreSettings(
                uri.orElse(UNKNOWN),
                store.get(StoreKeys.ENDPOINT),
                store.get(StoreKeys.REGION),
                store.get(StoreKeys.PROFILE),
                store.get(StoreKeys.ROLE_ARN),
                store.get(StoreKeys.PATH_STYLE, StoreSettings.PathStyle.AUTO),
                store.get(StoreKeys.CHECKSUMS, StoreSettings.Checksums.WHEN_SUPPORTED),
                store.get(StoreKeys.REQUESTER_PAYS, false),
                store.get(StoreKeys.EXPECTED_BUCKET_OWNER),
                write(
                        store.get(StoreKeys.WRITE),
                        uri.filter(found -> found.scheme().equals(GOOGLE)).isPresent()),
                store.get(StoreKeys.CAPABILITIES).map(Set::copyOf),
                store.get(StoreKeys.LINKS, StoreSettings.Links.SKIP),
                new TransferSizes(
                        store.get(StoreKeys.MULTIPART_COPY, TransferSizes.DEFAULT.multipartCopy()),
                        store.get(StoreKeys.MULTIPART_UPLOAD, TransferSizes.DEFAULT.multipartUpload()),
                        store.get(StoreKeys.PART_SIZE, TransferSizes.DEFAULT.part())),
                store.get(StoreKeys.PROJECT));
        uri.filter(found -> found.scheme().equals(GOOGLE)).ifPresent(found -> refuseAmazonsOwn(store));
        return uri.isPresent() ? Optional.of(settings) : Optional.empty();
    }

    /** What the provider of gs:// refuses at every run. */
    private static void refuseAmazonsOwn(Section store) {
        String instead = "is S3's; a gs:// store finds its credentials in GOOGLE_APPLICATION_CREDENTIALS or the"
                + " machine's own";
        if (store.get(StoreKeys.PROFILE).isPresent()) {
            store.problem(StoreKeys.PROFILE, instead);
        }
        if (store.get(StoreKeys.ROLE_ARN).isPresent()) {
            store.problem(StoreKeys.ROLE_ARN, instead);
        }
        if (store.get(StoreKeys.EXPECTED_BUCKET_OWNER).isPresent()) {
            store.problem(
                    StoreKeys.EXPECTED_BUCKET_OWNER, "is S3's; the names of gs:// buckets are unique as they are");
        }
    }

    /** A kms-key stands alone in Google's words, in Amazon's it goes with a kind of encryption. */
    private static WriteSettings write(Section write, boolean google) {
        Optional<String> sse = write.get(StoreKeys.SSE);
        Optional<String> kmsKey = write.get(StoreKeys.KMS_KEY);
        boolean alone = sse.filter("aws:kms"::equals).isEmpty() && !write.broken(StoreKeys.SSE);
        if (kmsKey.isPresent() && alone && !google) {
            write.problem(StoreKeys.KMS_KEY, "a kms-key goes with sse: aws:kms only");
        }
        if (sse.isPresent() && google) {
            write.problem(StoreKeys.SSE, "a gs:// bucket encrypts by itself; name a kms-key where it is to be yours");
        }
        boolean composite = write.get(StoreKeys.COMPOSITE_UPLOADS, false);
        if (composite && !google) {
            write.problem(
                    StoreKeys.COMPOSITE_UPLOADS, "is for gs:// only; S3 takes the parts of an object as they are");
        }
        return new WriteSettings(write.get(StoreKeys.STORAGE_CLASS), sse, kmsKey, write.get(StoreKeys.ACL), composite);
    }

    /** What {@code text} at {@code slot} locates; absent where it is a problem. */
    Optional<StoreUri> location(Section section, Slot slot, String text) {
        try {
            if (!looksLikeLocation(text)) {
                section.problem(
                        slot,
                        "'" + Displays.escaped(section.raw(slot)) + "' is no location; write s3://"
                                + "bucket/prefix, gs://bucket/prefix, file:///dir, or ./dir for a directory here");
                return Optional.empty();
            }
            StoreUri uri = StoreUri.parse(text, workingDirectory);
            remember(section.raw(slot), uri);
            return Optional.of(uri);
        } catch (InvalidPathException e) {
            section.problem(slot, "is no path of this system");
        } catch (IllegalArgumentException e) {
            boolean filledIn = !section.raw(slot).equals(text);
            section.problem(slot, filledIn ? "is no location once it is filled in" : String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /** A name without scheme or slash is more likely a bucket whose scheme was forgotten than a directory. */
    static boolean looksLikeLocation(String text) {
        return text.contains("/") || text.startsWith(".");
    }

    private void remember(String raw, StoreUri uri) {
        if (!raw.contains("${")) {
            return;
        }
        interpolation.remember(uri.toString(), raw);
        interpolation.remember(uri.bucket(), raw);
        interpolation.remember(Displays.escaped(uri.bucket()), raw);
        interpolation.remember(uri.prefix().toString(), raw);
    }
}
