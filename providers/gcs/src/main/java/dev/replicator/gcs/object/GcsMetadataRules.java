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
 * it back, no reader is sent it, so that is told as a loss.
 *
 * <table>
 * <caption>An entry of the user's own that has that name</caption>
 * <tr><td>its value is none of a header</td><td>it is user metadata as any other, both ways</td></tr>
 * <tr><td>the same, where a header is to be kept too</td><td>left behind, and told</td></tr>
 * <tr><td>its value is one of a header, on an object that is written</td><td>left behind, and told: it would be read back as
 * the header</td></tr>
 * <tr><td>the same, on an object that others wrote</td><td>can't be told apart: it is read as the header</td></tr>
 * </table>
 *
 * <p>Thread-safe.
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
        ObjectMetadata readable = withReadableExpires(wanted, losses);
        ObjectMetadata named = readable.withUser(named(readable, losses));
        long room = MOST_USER_BYTES
                - readable.expires().map(GcsMetadataRules::noteBytes).orElse(0L);
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

    /** Without an {@code Expires} that would be read back as somebody's user metadata. */
    private static ObjectMetadata withReadableExpires(ObjectMetadata wanted, List<MetadataLoss> losses) {
        if (wanted.expires().filter(value -> !Resources.isExpires(value)).isEmpty()) {
            return wanted;
        }
        losses.add(new MetadataLoss(
                Kind.NOT_KEPT, EXPIRES, "left behind: it is no time as HTTP writes it, and would not be read back"));
        Map<String, String> headers = new HashMap<>(wanted.headers());
        headers.remove(EXPIRES);
        return wanted.withHeaders(headers);
    }

    /** Without what has no name, or one that is needed for, or would be taken for, something else here. */
    private static Map<String, String> named(ObjectMetadata wanted, List<MetadataLoss> losses) {
        Map<String, String> named = new HashMap<>(wanted.user());
        if (named.remove("") != null) {
            losses.add(new MetadataLoss(Kind.NOT_KEPT, "", "left behind: the entry has no name"));
        }
        String note = named.get(Resources.EXPIRES);
        if (note != null && (wanted.expires().isPresent() || Resources.isExpires(note))) {
            named.remove(Resources.EXPIRES);
            losses.add(new MetadataLoss(
                    Kind.NOT_KEPT, Resources.EXPIRES, "left behind: the name stands for an Expires header here"));
        }
        return named;
    }

    private static long noteBytes(String value) {
        return Resources.EXPIRES.length() + value.getBytes(StandardCharsets.UTF_8).length;
    }
}
