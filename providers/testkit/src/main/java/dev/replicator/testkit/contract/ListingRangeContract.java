package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.KeyPrefix;
import dev.replicator.store.KeyRange;
import dev.replicator.store.ListRequest;
import dev.replicator.store.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Listings of a part of a bucket: ranges {@code (lo, hi]} and prefixes. */
public interface ListingRangeContract extends StoreContract {

    @Test
    default void keepsToARangeAtEveryEdge(StoreHarness harness) {
        List<ObjectKey> keys = Samples.keys("b", "d", "d/x", "f/a", "f/c", "h").stream()
                .filter(key -> !key.equals(ObjectKey.of("d/x"))
                        || harness.holdsTogether(ObjectKey.of("d"), ObjectKey.of("d/x")))
                .toList();
        Samples.put(harness, keys);
        List<ObjectKey> bounds = Samples.keys(
                "a", "b", "b\u0001", "c", "d", "d/", "d/x", "e", "f", "f/", "f/a", "f/b", "f/c", "f/c0", "g", "h", "i");

        for (KeyRange range : allRangesOf(bounds)) {
            assertThat(Listings.keys(harness.store(), range)).as("%s", range).isEqualTo(within(range, keys));
        }
    }

    private static List<KeyRange> allRangesOf(List<ObjectKey> bounds) {
        List<KeyRange> ranges = new ArrayList<>();
        ranges.add(KeyRange.ALL);
        for (int lo = 0; lo < bounds.size(); lo++) {
            ranges.add(KeyRange.after(bounds.get(lo)));
            ranges.add(KeyRange.upTo(bounds.get(lo)));
            for (int hi = lo; hi < bounds.size(); hi++) {
                ranges.add(KeyRange.of(bounds.get(lo), bounds.get(hi)));
            }
        }
        return ranges;
    }

    private static List<ObjectKey> within(KeyRange range, List<ObjectKey> keys) {
        return Samples.sorted(keys.stream().filter(range::contains).toList());
    }

    @Test
    default void keepsToARangeWhenItsEndMeetsAPagesEnd(StoreHarness harness) {
        List<ObjectKey> keys = Samples.keys("k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7");
        Samples.put(harness, keys);

        for (int page = 1; page <= 4; page++) {
            for (int hi = 0; hi < keys.size(); hi++) {
                ListRequest request = ListRequest.everything()
                        .within(KeyRange.upTo(keys.get(hi)))
                        .paged(page);
                assertThat(Listings.keys(harness.store(), request)).isEqualTo(keys.subList(0, hi + 1));
            }
        }
    }

    @Test
    default void losesNoKeyBetweenTwoHalvesOfARange(StoreHarness harness) {
        List<ObjectKey> keys = Samples.keys("a", "b/1", "b/2", "c");
        Samples.put(harness, keys);

        for (ObjectKey cut : Samples.keys("a", "b", "b/", "b/1", "b/15", "b/2", "b0", "c", "d")) {
            List<ObjectKey> halves = new ArrayList<>(Listings.keys(harness.store(), KeyRange.upTo(cut)));
            halves.addAll(Listings.keys(harness.store(), KeyRange.after(cut)));
            assertThat(halves).as("cut at %s", cut).isEqualTo(keys);
        }
    }

    @Test
    default void tellsAPrefixFromALongerName(StoreHarness harness) {
        List<ObjectKey> keys = Samples.keys("log/z", "logs-old/a", "logs/a", "logs/b/c", "logs0", "logs2/a", "lost");
        Samples.put(harness, keys);

        assertThat(Listings.keys(harness.store(), KeyPrefix.ofFolder("logs")))
                .isEqualTo(Samples.keys("logs/a", "logs/b/c"));
        assertThat(Listings.keys(harness.store(), KeyPrefix.of("logs")))
                .isEqualTo(Samples.keys("logs-old/a", "logs/a", "logs/b/c", "logs0", "logs2/a"));
        assertThat(Listings.keys(harness.store(), KeyPrefix.of("logs/b/c"))).isEqualTo(Samples.keys("logs/b/c"));
        assertThat(Listings.keys(harness.store(), KeyPrefix.of("logs/b/c/"))).isEmpty();
        assertThat(Listings.keys(harness.store(), KeyPrefix.of("nothing/here"))).isEmpty();
        assertThat(Listings.keys(harness.store(), KeyPrefix.of("zz"))).isEmpty();
        assertThat(Listings.keys(harness.store(), KeyPrefix.NONE)).isEqualTo(keys);
    }

    @Test
    default void takesAPrefixOfAnyCharacters(StoreHarness harness) {
        for (String folder : List.of("a b", "a+b", "a%2Fb", "a&b=c", "\u00E9", "\uD83D\uDE00", "#", "a'b", ".hidden")) {
            ObjectKey key = ObjectKey.of(folder + "/k");
            if (!harness.holds(key)) {
                continue;
            }
            Samples.put(harness, List.of(key));
            assertThat(Listings.keys(harness.store(), KeyPrefix.ofFolder(folder)))
                    .containsExactly(key);
        }
        assertThat(Listings.keys(harness.store()))
                .as("keys of this test that the service holds")
                .hasSizeGreaterThan(3);
    }

    @Test
    default void combinesPrefixAndRange(StoreHarness harness) {
        List<ObjectKey> keys = Samples.keys("a/1", "a/2", "a/3", "b/1", "b/2", "c/1");
        Samples.put(harness, keys);
        List<ObjectKey> bounds = Samples.keys("a", "a/1", "a/2", "a/9", "b/", "b/1", "b/2", "b0", "c");

        for (KeyRange range : allRangesOf(bounds)) {
            for (String prefix : List.of("a/", "b", "b/", "b/2")) {
                ListRequest request = new ListRequest(KeyPrefix.of(prefix), range, 2);
                assertThat(Listings.keys(harness.store(), request))
                        .as("%s under %s", range, prefix)
                        .isEqualTo(within(range, keys).stream()
                                .filter(key -> key.startsWith(KeyPrefix.of(prefix)))
                                .toList());
            }
        }
    }

    @Test
    default void listsAnyPartOfAnyBucketAsAModelDoes(StoreHarness harness) {
        Random random = new Random(20260101);
        Set<String> drawn = new TreeSet<>();
        while (drawn.size() < 150) {
            drawn.add(draw(random, 1 + random.nextInt(6)));
        }
        List<ObjectKey> keys = Samples.fitting(harness, drawn);
        Samples.put(harness, keys);

        assertThat(keys).hasSizeGreaterThan(30);
        for (int i = 0; i < 100; i++) {
            ListRequest request = drawRequest(random);
            List<ObjectKey> model = within(request.range(), keys).stream()
                    .filter(key -> key.startsWith(request.prefix()))
                    .toList();
            assertThat(Listings.keys(harness.store(), request))
                    .as("%s", request)
                    .isEqualTo(model);
        }
    }

    private static ListRequest drawRequest(Random random) {
        ObjectKey one = ObjectKey.of(draw(random, 1 + random.nextInt(4)));
        ObjectKey other = ObjectKey.of(draw(random, 1 + random.nextInt(4)));
        boolean swapped = one.compareTo(other) > 0;
        Optional<ObjectKey> lo = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(swapped ? other : one);
        Optional<ObjectKey> hi = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(swapped ? one : other);
        KeyPrefix prefix = random.nextBoolean() ? KeyPrefix.NONE : KeyPrefix.of(draw(random, 1 + random.nextInt(2)));
        return new ListRequest(prefix, new KeyRange(lo, hi), 1 + random.nextInt(40));
    }

    private static String draw(Random random, int length) {
        List<String> letters = List.of("a", "b", "/", "/", "-", ".", "0", "\u00E9", "\uFFFD", "\uD83D\uDE00", " ", "%");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letters.get(random.nextInt(letters.size())));
        }
        return text.toString();
    }
}
