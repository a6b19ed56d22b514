package dev.replicator.s3.object;

import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.Capability;
import dev.replicator.store.MetadataLimits;
import dev.replicator.store.MetadataLoss;
import dev.replicator.store.MetadataLoss.Kind;
import dev.replicator.store.MetadataRules;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ServiceTrait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What S3 holds of metadata (S3 user guide, "Working with object metadata", "Categorizing your storage using tags"):
 * header lines of US-ASCII, 2 KiB of user metadata as headers have it, ten tags. Names and values of user metadata that
 * headers can't have are kept in another shape ({@link UserNames}, {@link HeaderText}): Replicator reads them back,
 * others see the shape, so that is told as a loss too. An entry that is called as our note of names is left behind.
 * Thread-safe.
 */
public final class S3MetadataRules implements MetadataRules {
    private static final int MOST_USER_BYTES = 2_048;
    private static final int MOST_TAGS = 10;
    private static final String ENCODING = "content-encoding";

    private final MetadataLimits limits;

    public S3MetadataRules(S3Settings settings) {
        Set<ServiceTrait> settled = settings.write()
                        .storageClass()
                        .filter(value -> !value.isBlank())
                        .isPresent()
                ? Set.of(ServiceTrait.STORAGE_CLASS)
                : Set.of();
        limits = MetadataLimits.NONE
                .withHeaders(MetadataLimits.Text.HEADER)
                .withMetadata(settings.capabilities().contains(Capability.METADATA))
                .withMostUserBytes(MOST_USER_BYTES)
                .withWire(S3MetadataRules::wire)
                .withMostTags(settings.capabilities().contains(Capability.TAGS) ? MOST_TAGS : 0)
                .withSettled(settled);
    }

    /** User metadata as headers have it. */
    static Map<String, String> wire(Map<String, String> user) {
        Map<String, String> headers = new HashMap<>();
        UserNames.plain(user).forEach((name, value) -> headers.put(name, HeaderText.encode(value)));
        return headers;
    }

    @Override
    public Fitted fit(ObjectMetadata wanted) {
        Map<String, String> named = new HashMap<>(wanted.user());
        boolean nameless = named.remove("") != null;
        boolean note = named.remove(UserNames.NOTE) != null;
        Map<String, String> headers = asReadBack(wanted.headers());
        Fitted fitted = limits.fit(wanted.withUser(named).withHeaders(headers));
        List<MetadataLoss> losses = new ArrayList<>(fitted.losses());
        if (wanted.contentEncoding().isPresent() && !headers.containsKey(ENCODING)) {
            losses.add(new MetadataLoss(
                    Kind.NOT_KEPT, ENCODING, "left behind: it says how the source was uploaded, not what it is"));
        }
        if (nameless) {
            losses.add(new MetadataLoss(Kind.NOT_KEPT, "", "left behind: the entry has no name"));
        }
        if (note) {
            losses.add(new MetadataLoss(
                    Kind.NOT_KEPT, UserNames.NOTE, "left behind: the name stands for the names of others here"));
        }
        new TreeMap<>(fitted.kept().user()).forEach((name, value) -> {
            renamed(name).ifPresent(losses::add);
            if (!HeaderText.encode(value).equals(value)) {
                losses.add(new MetadataLoss(
                        Kind.VALUE_ENCODING, name, "others see it encoded (RFC 2047); Replicator reads it back"));
            }
        });
        return new Fitted(fitted.kept(), losses);
    }

    /** What an answer will show of these headers; what it would not show again can't be kept, only written over and over. */
    private static Map<String, String> asReadBack(Map<String, String> wanted) {
        Map<String, String> headers = new HashMap<>();
        wanted.forEach((name, value) -> headers.put(name, value.strip()));
        Optional.ofNullable(headers.remove(ENCODING))
                .flatMap(ObjectAnswers::withoutChunking)
                .ifPresent(kept -> headers.put(ENCODING, kept));
        return headers;
    }

    private static Optional<MetadataLoss> renamed(String name) {
        if (UserNames.isPlain(name)) {
            return Optional.empty();
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return Optional.of(
                UserNames.isPlain(lower)
                        ? new MetadataLoss(
                                Kind.KEY_CASE, name, "others see its name in lower case; Replicator reads it back")
                        : new MetadataLoss(
                                Kind.KEY_RENAMED,
                                name,
                                "others see it under a name that a header can have; Replicator reads it back"));
    }
}
