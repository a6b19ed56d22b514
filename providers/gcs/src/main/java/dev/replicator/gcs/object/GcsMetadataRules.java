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

    @Override
    public Fitted fit(ObjectMetadata wanted) {
        Map<String, String> named = new HashMap<>(wanted.user());
        boolean nameless = named.remove("") != null;
        Optional<String> note = named.containsKey(Resources.EXPIRES)
                ? Optional.ofNullable(named.remove(Resources.EXPIRES))
                : Optional.empty();
        long reserved = wanted.expires().map(GcsMetadataRules::noteBytes).orElse(0L);
        Fitted fitted = limits.withMostUserBytes(Math.max(0, MOST_USER_BYTES - reserved))
                .fit(wanted.withUser(named));
        List<MetadataLoss> losses = new ArrayList<>(fitted.losses());
        if (nameless) {
            losses.add(new MetadataLoss(Kind.NOT_KEPT, "", "left behind: the entry has no name"));
        }
        note.ifPresent(value -> losses.add(new MetadataLoss(
                Kind.NOT_KEPT, Resources.EXPIRES, "left behind: the name stands for an Expires header here")));
        if (fitted.kept().expires().isPresent()) {
            losses.add(new MetadataLoss(
                    Kind.KEY_RENAMED,
                    EXPIRES,
                    "kept as user metadata, which Replicator reads back; the service sends readers no Expires header"));
        }
        return new Fitted(fitted.kept(), losses);
    }

    private static long noteBytes(String value) {
        return Resources.EXPIRES.length() + value.getBytes(StandardCharsets.UTF_8).length;
    }
}
