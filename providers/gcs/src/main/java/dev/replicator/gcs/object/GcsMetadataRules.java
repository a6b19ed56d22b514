package dev.replicator.gcs.object;

import dev.replicator.gcs.client.GcsSettings;
import dev.replicator.store.Capability;
import dev.replicator.store.MetadataLimits;
import dev.replicator.store.MetadataLoss;
import dev.replicator.store.MetadataLoss.Kind;
import dev.replicator.store.MetadataRules;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ServiceTrait;
import dev.replicator.store.WriteSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Cloud Storage holds of metadata (its documentation: "Object metadata", "Quotas and limits", "Transcoding of
 * gzip-compressed files"): the standard headers but {@code Expires}, 8 KiB of user metadata whose names keep their case
 * and may be any text, no tags. An {@code Expires} is kept as user metadata ({@link Resources#EXPIRES}): Replicator reads
 * it back, no reader is sent it, so that is told as a loss. Thread-safe.
 */
public final class GcsMetadataRules implements MetadataRules {
    private static final int MOST_USER_BYTES = 8_192;
    private static final String EXPIRES = "expires";

    private final MetadataLimits limits;

    public GcsMetadataRules(GcsSettings settings) {
        limits = MetadataLimits.NONE
                .withMetadata(settings.can(Capability.METADATA))
                .withMostTags(0)
                .withTranscoding(true)
                .withSettled(settled(settings.write()));
    }

    private static Set<ServiceTrait> settled(WriteSettings write) {
        Set<ServiceTrait> settled = EnumSet.noneOf(ServiceTrait.class);
        if (isSet(write.storageClass())) {
            settled.add(ServiceTrait.STORAGE_CLASS);
        }
        if (isSet(write.kmsKey())) {
            settled.add(ServiceTrait.ENCRYPTION_KEY);
        }
        if (isSet(write.acl())) {
            settled.add(ServiceTrait.ACL);
        }
        return settled;
    }

    private static boolean isSet(Optional<String> setting) {
        return setting.filter(value -> !value.isBlank()).isPresent();
    }

    /** A rewrite takes the custom time along. */
    @Override
    public List<MetadataLoss> lostByCopy(ObjectMetadata found) {
        return MetadataRules.super.lostByCopy(found).stream()
                .filter(loss -> loss.kind() != Kind.CUSTOM_TIME)
                .toList();
    }

    @Override
    public Fitted fit(ObjectMetadata wanted) {
        List<MetadataLoss> losses = new ArrayList<>();
        ObjectMetadata named = wanted.withUser(named(wanted.user(), losses));
        long room = MOST_USER_BYTES
                - wanted.expires().map(GcsMetadataRules::noteBytes).orElse(0L);
        if (room < 0) {
            losses.add(new MetadataLoss(
                    Kind.TOO_LARGE, EXPIRES, "left behind: it is kept as user metadata, and too large for that"));
            named = withoutExpires(named);
            room = MOST_USER_BYTES;
        }
        Fitted fitted = limits.withMostUserBytes(room).fit(named);
        losses.addAll(fitted.losses());
        if (fitted.kept().expires().isPresent()) {
            losses.add(new MetadataLoss(
                    Kind.KEY_RENAMED,
                    EXPIRES,
                    "kept as user metadata, which Replicator reads back; the service sends readers no Expires header"));
        }
        return new Fitted(fitted.kept(), losses);
    }

    /** Without what has no name, or one that stands for something else here. */
    private static Map<String, String> named(Map<String, String> user, List<MetadataLoss> losses) {
        Map<String, String> named = new HashMap<>(user);
        if (named.remove("") != null) {
            losses.add(new MetadataLoss(Kind.NOT_KEPT, "", "left behind: the entry has no name"));
        }
        if (named.remove(Resources.EXPIRES) != null) {
            losses.add(new MetadataLoss(
                    Kind.NOT_KEPT, Resources.EXPIRES, "left behind: the name stands for an Expires header here"));
        }
        return named;
    }

    private static ObjectMetadata withoutExpires(ObjectMetadata metadata) {
        Map<String, String> headers = new HashMap<>(metadata.headers());
        headers.remove(EXPIRES);
        return metadata.withHeaders(headers);
    }

    private static long noteBytes(String value) {
        return Resources.EXPIRES.length() + value.getBytes(StandardCharsets.UTF_8).length;
    }
}
