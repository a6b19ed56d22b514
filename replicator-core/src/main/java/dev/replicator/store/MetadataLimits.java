package dev.replicator.store;

import dev.replicator.store.MetadataLoss.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Rules of a store whose limits are numbers and yes or no. Immutable and thread-safe.
 *
 * <table>
 * <caption>What becomes of what does not fit</caption>
 * <tr><td>a header that a header line can't carry</td><td>left behind ({@code VALUE_ENCODING})</td></tr>
 * <tr><td>user metadata beyond {@code mostUserBytes}</td><td>the largest entries are left behind, one by one, until the
 * rest fits ({@code TOO_LARGE}): a short entry such as {@code custom:aclPolicy} outlives a long one</td></tr>
 * <tr><td>tags beyond {@code mostTags}</td><td>the last by name are left behind ({@code TAGS})</td></tr>
 * <tr><td>{@link ServiceTrait traits}</td><td>left behind, but for those the destination sets by itself</td></tr>
 * </table>
 *
 * @param headers what a standard header's value may have in it
 * @param metadata whether more than a content type is kept
 * @param mostUserBytes most bytes of names and values together, as {@code wire} has them
 * @param wire user metadata as it goes over the wire, where it counts
 * @param mostTags 0 where tags are not known
 * @param transcodes whether the service unpacks gzip for readers that don't ask for it, unless the object forbids it
 * @param settled traits that the destination is told by its settings, so that nothing is lost
 */
public record MetadataLimits(
        Text headers,
        boolean metadata,
        long mostUserBytes,
        UnaryOperator<Map<String, String>> wire,
        int mostTags,
        boolean transcodes,
        Set<ServiceTrait> settled)
        implements MetadataRules {

    /** Keeps everything but traits. */
    public static final MetadataLimits NONE = new MetadataLimits(
            Text.ANY, true, Long.MAX_VALUE, UnaryOperator.identity(), Integer.MAX_VALUE, false, Set.of());

    private static final String NO_METADATA = "left behind: the destination keeps no metadata";
    private static final int LONGEST_TAG_NAME = 128;
    private static final int LONGEST_TAG_VALUE = 256;

    /** What text may have in it. */
    public enum Text {
        ANY,
        /** US-ASCII without control characters. */
        HEADER;

        boolean allows(String text) {
            return this == ANY || text.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
        }
    }

    public MetadataLimits {
        settled = settled.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(settled));
    }

    public MetadataLimits withMetadata(boolean value) {
        return new MetadataLimits(headers, value, mostUserBytes, wire, mostTags, transcodes, settled);
    }

    public MetadataLimits withHeaders(Text value) {
        return new MetadataLimits(value, metadata, mostUserBytes, wire, mostTags, transcodes, settled);
    }

    public MetadataLimits withMostUserBytes(long value) {
        return new MetadataLimits(headers, metadata, value, wire, mostTags, transcodes, settled);
    }

    /** @param value user metadata as it counts: renamed, encoded */
    public MetadataLimits withWire(UnaryOperator<Map<String, String>> value) {
        return new MetadataLimits(headers, metadata, mostUserBytes, value, mostTags, transcodes, settled);
    }

    public MetadataLimits withMostTags(int value) {
        return new MetadataLimits(headers, metadata, mostUserBytes, wire, value, transcodes, settled);
    }

    public MetadataLimits withTranscoding(boolean value) {
        return new MetadataLimits(headers, metadata, mostUserBytes, wire, mostTags, value, settled);
    }

    public MetadataLimits withSettled(Set<ServiceTrait> value) {
        return new MetadataLimits(headers, metadata, mostUserBytes, wire, mostTags, transcodes, value);
    }

    @Override
    public Fitted fit(ObjectMetadata wanted) {
        List<MetadataLoss> losses = new ArrayList<>();
        Map<String, String> keptHeaders = headers(wanted.headers(), losses);
        Map<String, String> keptUser = user(wanted.user(), losses);
        Map<String, String> keptTags = tags(wanted.tags(), losses);
        traits(wanted.traits(), losses);
        ObjectMetadata kept =
                ObjectMetadata.NONE.withHeaders(keptHeaders).withUser(keptUser).withTags(keptTags);
        return new Fitted(kept, losses);
    }

    private Map<String, String> headers(Map<String, String> wanted, List<MetadataLoss> losses) {
        Map<String, String> kept = new TreeMap<>(wanted);
        wanted.forEach((name, value) -> {
            if (!metadata && !name.equals("content-type")) {
                kept.remove(name);
                losses.add(new MetadataLoss(Kind.NOT_KEPT, name, NO_METADATA));
            } else if (!headers.allows(value)) {
                kept.remove(name);
                losses.add(new MetadataLoss(
                        Kind.VALUE_ENCODING, name, "left behind: its value has characters that no header can carry"));
            }
        });
        boolean unpacked = transcodes
                && kept.getOrDefault("content-encoding", "").contains("gzip")
                && !kept.getOrDefault("cache-control", "").contains("no-transform");
        if (unpacked) {
            losses.add(new MetadataLoss(
                    Kind.TRANSCODING,
                    "content-encoding",
                    "readers that don't accept gzip get it unpacked; cache-control: no-transform forbids that"));
        }
        return kept;
    }

    private Map<String, String> user(Map<String, String> wanted, List<MetadataLoss> losses) {
        if (!metadata) {
            new TreeMap<>(wanted)
                    .keySet()
                    .forEach(name -> losses.add(new MetadataLoss(Kind.NOT_KEPT, name, NO_METADATA)));
            return Map.of();
        }
        Map<String, String> kept = new TreeMap<>(wanted);
        long size = size(wire.apply(kept));
        List<Map.Entry<String, String>> largestFirst = new ArrayList<>(wanted.entrySet());
        largestFirst.sort(Comparator.<Map.Entry<String, String>>comparingLong(entry -> size(Map.ofEntries(entry)))
                .reversed()
                .thenComparing(Map.Entry::getKey));
        for (Map.Entry<String, String> entry : largestFirst) {
            if (size(wire.apply(kept)) <= mostUserBytes) {
                break;
            }
            kept.remove(entry.getKey());
            losses.add(new MetadataLoss(
                    Kind.TOO_LARGE,
                    entry.getKey(),
                    "left behind: user metadata has " + size + " bytes, the destination holds " + mostUserBytes));
        }
        return kept;
    }

    private static long size(Map<String, String> entries) {
        return size(entries.keySet()) + size(entries.values());
    }

    private static long size(Collection<String> texts) {
        return texts.stream()
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private Map<String, String> tags(Map<String, String> wanted, List<MetadataLoss> losses) {
        Map<String, String> kept = new TreeMap<>();
        new TreeMap<>(wanted).forEach((name, value) -> {
            boolean fits = mostTags == Integer.MAX_VALUE
                    || name.length() <= LONGEST_TAG_NAME && value.length() <= LONGEST_TAG_VALUE;
            if (kept.size() < mostTags && fits) {
                kept.put(name, value);
                return;
            }
            losses.add(new MetadataLoss(Kind.TAGS, name, "left behind: the destination holds " + tagsHeld()));
        });
        return kept;
    }

    private String tagsHeld() {
        return mostTags == 0
                ? "no tags"
                : mostTags + " tags, names of " + LONGEST_TAG_NAME + " and values of " + LONGEST_TAG_VALUE
                        + " characters";
    }

    private void traits(Map<ServiceTrait, String> wanted, List<MetadataLoss> losses) {
        new TreeMap<>(wanted).forEach((trait, value) -> {
            if (!settled.contains(trait)) {
                losses.add(new MetadataLoss(
                        trait.loss(), trait.word(), "left behind: " + value + " is its own service's"));
            }
        });
    }
}
