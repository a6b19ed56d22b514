package dev.replicator.filesystem;

import dev.replicator.store.MetadataLimits;
import dev.replicator.store.MetadataLoss;
import dev.replicator.store.MetadataRules;
import dev.replicator.store.ObjectMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much metadata a directory's filesystem has room for, and what goes first where that is too little: entries of our
 * own, then user metadata, the largest entry first, then tags, then headers. Thread-safe.
 */
final class MetadataRoom implements MetadataRules {
    /** ext4 keeps a file's attributes in one block of 4 KiB, of which 4,028 bytes are left for one value. */
    private static final int USUAL = 4_000;

    private static final Set<String> ROOMY =
            Set.of("xfs", "btrfs", "zfs", "bcachefs", "apfs", "hfs", "ntfs", "ntfs3", "refs");
    private static final long LARGEST = Long.MAX_VALUE;
    private static final Instant LONGEST = Instant.parse("2026-01-01T00:00:00.123456789Z");

    private final Path root;

    MetadataRoom(Path root) {
        this.root = root;
    }

    /** The metadata, and ever less of it, down to nothing. */
    static List<ObjectMetadata> lessAndLess(ObjectMetadata metadata) {
        List<ObjectMetadata> steps = new ArrayList<>();
        steps.add(metadata);
        ObjectMetadata rest = metadata.withoutOurs();
        if (!rest.equals(metadata)) {
            steps.add(rest);
        }
        List<Map.Entry<String, String>> largestFirst =
                new ArrayList<>(rest.user().entrySet());
        largestFirst.sort(Comparator.<Map.Entry<String, String>>comparingInt(
                        entry -> entry.getKey().length() + entry.getValue().length())
                .reversed()
                .thenComparing(Map.Entry::getKey));
        for (Map.Entry<String, String> entry : largestFirst) {
            Map<String, String> fewer = new HashMap<>(rest.user());
            fewer.remove(entry.getKey());
            rest = rest.withUser(fewer);
            steps.add(rest);
        }
        if (!rest.tags().isEmpty()) {
            rest = rest.withTags(Map.of());
            steps.add(rest);
        }
        if (!rest.equals(ObjectMetadata.NONE)) {
            steps.add(ObjectMetadata.NONE);
        }
        return steps;
    }

    @Override
    public Fitted fit(ObjectMetadata wanted) {
        Fitted without = MetadataLimits.NONE.withMetadata(isPossible()).fit(wanted);
        List<MetadataLoss> losses = new ArrayList<>(without.losses());
        int room = room();
        ObjectMetadata kept = lessAndLess(without.kept()).stream()
                .filter(less -> FileMetadata.size(LARGEST, LONGEST, less) <= room)
                .findFirst()
                .orElse(ObjectMetadata.NONE);
        add(losses, without.kept().headers(), kept.headers(), room);
        add(losses, without.kept().withoutOurs().user(), kept.user(), room);
        add(losses, without.kept().tags(), kept.tags(), room);
        return new Fitted(kept, losses);
    }

    /** A file has nothing that its service keeps beside content and metadata. */
    @Override
    public List<MetadataLoss> lostByCopy(ObjectMetadata found) {
        return List.of();
    }

    private static void add(List<MetadataLoss> losses, Map<String, String> wanted, Map<String, String> kept, int room) {
        wanted.keySet().stream()
                .filter(name -> !kept.containsKey(name))
                .sorted()
                .forEach(name -> losses.add(new MetadataLoss(
                        MetadataLoss.Kind.TOO_LARGE,
                        name,
                        "left behind: a file here has room for " + room + " bytes of metadata")));
    }

    /** Whether the filesystem says that it has extended attributes; true where it can't be asked. */
    private boolean isPossible() {
        try {
            return !Files.exists(root)
                    || Files.getFileStore(root).supportsFileAttributeView(UserDefinedFileAttributeView.class);
        } catch (IOException e) {
            return true;
        }
    }

    private int room() {
        try {
            boolean roomy = Files.exists(root)
                    && ROOMY.contains(Files.getFileStore(root).type().toLowerCase(java.util.Locale.ROOT));
            return roomy ? Integer.MAX_VALUE : USUAL;
        } catch (IOException e) {
            return USUAL;
        }
    }
}
