package dev.replicator.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.KeyPrefix;
import dev.replicator.store.KeyRange;
import dev.replicator.store.ListRequest;
import dev.replicator.store.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class FileListingPropertyTest {
    private static final String[] PARTS = {"a", "b", "a.", "a!", "a0", "é", "\uFFFD", "😀", "日", "ab", "-", "~"};

    @Property(tries = 150)
    void showsExactlyTheKeysOfPrefixAndRangeInOrder(
            @ForAll("trees") Set<String> tree,
            @ForAll("keys") Optional<String> lo,
            @ForAll("keys") Optional<String> hi,
            @ForAll("prefixes") String prefix,
            @ForAll @IntRange(min = 1, max = 7) int pageSize)
            throws IOException {
        Path root = Files.createTempDirectory("listing");
        Bucket bucket = Bucket.at(root);
        tree.forEach(key -> bucket.file(key, key));
        boolean isReversed =
                lo.isPresent() && hi.isPresent() && ObjectKey.of(lo.get()).compareTo(ObjectKey.of(hi.get())) > 0;
        KeyRange range =
                new KeyRange((isReversed ? hi : lo).map(ObjectKey::of), (isReversed ? lo : hi).map(ObjectKey::of));

        List<String> listed = bucket.keys(new ListRequest(KeyPrefix.of(prefix), range, pageSize));

        assertThat(listed).containsExactlyElementsOf(oracle(tree, KeyPrefix.of(prefix), range));
        bucket.clear();
        Files.delete(root);
    }

    private static List<String> oracle(Set<String> tree, KeyPrefix prefix, KeyRange range) {
        TreeSet<ObjectKey> keys = new TreeSet<>();
        tree.forEach(key -> keys.add(ObjectKey.of(key)));
        return keys.stream()
                .filter(key -> key.startsWith(prefix) && range.contains(key))
                .map(ObjectKey::text)
                .toList();
    }

    /** Sets of keys that can be files together: none is another's directory. */
    @Provide
    Arbitrary<Set<String>> trees() {
        return key().set().ofMaxSize(25).map(FileListingPropertyTest::withoutConflicts);
    }

    @Provide
    Arbitrary<Optional<String>> keys() {
        return key().optional(0.7);
    }

    @Provide
    Arbitrary<String> prefixes() {
        return Arbitraries.oneOf(
                        Arbitraries.just(""), key(), key().map(key -> key + "/"), key().map(key -> key.substring(0, 1)))
                .filter(prefix -> !prefix.endsWith("\uD83D"));
    }

    private static Arbitrary<String> key() {
        return Arbitraries.of(PARTS).list().ofMinSize(1).ofMaxSize(4).map(parts -> String.join("/", parts));
    }

    private static Set<String> withoutConflicts(Set<String> keys) {
        Set<String> folders = new HashSet<>();
        for (String key : keys) {
            for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
                folders.add(key.substring(0, slash));
            }
        }
        Set<String> kept = new HashSet<>(keys);
        kept.removeAll(folders);
        return kept;
    }

    @Example
    void agreesWithTheOracleOnTenThousandFiles() throws IOException {
        Path root = Files.createTempDirectory("listing");
        Bucket bucket = Bucket.at(root);
        Random random = new Random(7);
        Set<String> keys = new HashSet<>();
        while (keys.size() < 10_000) {
            StringBuilder key = new StringBuilder();
            for (int depth = random.nextInt(5); depth >= 0; depth--) {
                key.append(PARTS[random.nextInt(PARTS.length)])
                        .append(random.nextInt(9))
                        .append('/');
            }
            keys.add(key.append("f").append(random.nextInt(1000)).toString());
        }
        Set<String> tree = withoutConflicts(keys);
        tree.forEach(key -> bucket.file(key, ""));

        assertThat(bucket.keys()).containsExactlyElementsOf(oracle(tree, KeyPrefix.NONE, KeyRange.ALL));
        bucket.clear();
        Files.delete(root);
    }
}
