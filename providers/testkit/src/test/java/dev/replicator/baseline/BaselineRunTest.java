package dev.replicator.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import dev.replicator.store.Version;
import dev.replicator.testkit.FaultyStore;
import dev.replicator.testkit.SettableClock;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryBucket;
import dev.replicator.testkit.memory.MemoryBuckets;
import dev.replicator.testkit.memory.MemoryOptions;
import dev.replicator.testkit.memory.MemoryStoreProvider;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BaselineRunTest {
    private static final BaselineSubject.Path ALL = new BaselineSubject.Path("", "");
    private static final BaselineSubject SUBJECT = subject(ALL, new BaselineSubject.Path("x/", "y/"));

    private final MemoryBuckets buckets = new MemoryBuckets();
    private final MemoryBucket bucket = buckets.create("prod");
    private final List<String> warnings = new ArrayList<>();
    private int runs;

    private static BaselineSubject subject(BaselineSubject.Path... paths) {
        return new BaselineSubject("memory://dev", "memory://prod", List.of(paths), "rule", "");
    }

    private FaultyStore store() {
        return new FaultyStore(new MemoryStoreProvider(buckets, MemoryOptions.S3_LIKE)
                .open(
                        StoreSettings.of(StoreUri.parse("memory://prod", Path.of("/"))),
                        new StoreContext(new RequestMeter(), new SettableClock(), Map.of(), RetrySettings.DEFAULT)));
    }

    private String nextRun() {
        return String.format("run-%06d", ++runs);
    }

    private BaselineRun writing(ObjectStore store, int chunk) {
        return BaselineRun.writingChunksOf(chunk, store, SUBJECT, warnings::add);
    }

    private void commit(BaselineRun run) {
        run.commit(nextRun(), Instant.EPOCH, BaselineRun.Coverage.JOB, BaselineRun.Certainty.KNOWN);
        run.close();
    }

    private Map<BaselineKey, Counterparts> entries() {
        return entries(SUBJECT);
    }

    private Map<BaselineKey, Counterparts> entries(BaselineSubject subject) {
        Map<BaselineKey, Counterparts> found = new TreeMap<>();
        try (BaselineRun run = BaselineRun.reading(store(), subject, warnings::add)) {
            for (int pair = 0; pair < subject.paths().size(); pair++) {
                PairBaseline walk = run.pair(pair);
                for (Optional<BaselineEntry> entry = walk.peek(); entry.isPresent(); entry = walk.peek()) {
                    found.put(
                            new BaselineKey(pair, entry.get().key()),
                            entry.get().states());
                    walk.skip();
                }
            }
        }
        return found;
    }

    private static ObjectMeta meta(String key, String version) {
        return new ObjectMeta(ObjectKey.of(key), 4, Instant.EPOCH, new Version(version));
    }

    private static Counterparts states(String version) {
        return new Counterparts(ObjectState.of(meta("k", version)), ObjectState.of(meta("k", version + "'")));
    }

    /** Whatever runs change, in whatever order, the next one reads what a map would hold. */
    @Property(tries = 80)
    void readsWhatTheRunsBeforeLeft(@ForAll Random random, @ForAll @IntRange(min = 1, max = 12) int chunk) {
        bucket.clear();
        Map<BaselineKey, Counterparts> model = new TreeMap<>();
        for (int round = 0; round < 6; round++) {
            BaselineRun run = writing(store(), chunk);
            PairBaseline[] pairs = {run.pair(0), run.pair(1)};
            int changes = random.nextInt(40);
            for (int i = 0; i < changes; i++) {
                int pair = random.nextInt(2);
                String key = "k" + random.nextInt(30);
                BaselineKey at = new BaselineKey(pair, ObjectKey.of(key));
                String version = "v" + random.nextInt(4);
                switch (random.nextInt(3)) {
                    case 0 -> {
                        run.copied(pair, meta(key, version), meta(key, version + "'"));
                        model.put(at, states(version));
                    }
                    case 1 -> {
                        run.deleted(pair, ObjectKey.of(key));
                        model.remove(at);
                    }
                    default -> {
                        // The merge speaks of each key once, before any result.
                        if (i < 10 && !model.containsKey(at)) {
                            pairs[pair].equal(meta(key, version), meta(key, version + "'"));
                            run.copied(pair, meta(key, version), meta(key, version + "'"));
                            model.put(at, states(version));
                        }
                    }
                }
            }
            commit(run);

            assertThat(entries()).isEqualTo(model);
        }
        assertThat(warnings).isEmpty();
        // Two generations are kept, and no chunk is larger than asked.
        long chunks =
                bucket.names().stream().filter(name -> name.contains("/0")).count();
        assertThat(chunks).isLessThanOrEqualTo(2L * (model.size() + 60));
    }

    @Test
    void aRunThatChangesNothingWritesNothing() {
        BaselineRun first = writing(store(), 10);
        for (int i = 0; i < 95; i++) {
            first.copied(0, meta("k" + i, "v"), meta("k" + i, "v'"));
        }
        commit(first);
        List<ObjectKey> before = bucket.keys();
        FaultyStore store = store();

        BaselineRun second = writing(store, 10);
        second.copied(0, meta("k50", "v"), meta("k50", "v'"));
        second.deleted(1, ObjectKey.of("never was"));
        commit(second);

        assertThat(store.mutations()).isEmpty();
        assertThat(bucket.keys()).isEqualTo(before);
    }

    @Test
    void oneChangeRewritesOneChunk() {
        BaselineRun first = writing(store(), 100);
        for (int i = 0; i < 5_000; i++) {
            String key = String.format("k%05d", i);
            first.copied(0, meta(key, "v"), meta(key, "v'"));
        }
        commit(first);
        FaultyStore store = store();

        BaselineRun second = writing(store, 100);
        second.copied(0, meta("k02500", "w"), meta("k02500", "w'"));
        second.copied(0, meta("k02500a", "w"), meta("k02500a", "w'"));
        commit(second);

        assertThat(store.calls(StoreOperation.WRITE)).hasSize(2);
        assertThat(entries()).hasSize(5_001);
    }

    @Test
    void whatKilledRunsLeftIsRemovedByALaterOne() {
        BaselineRun killed = writing(store(), 5);
        for (int i = 0; i < 20; i++) {
            killed.copied(0, meta("k" + i, "v"), meta("k" + i, "v'"));
        }
        FaultyStore dying = store();
        dying.on(StoreOperation.WRITE).key("baseline/current.json").isDenied();
        BaselineRun denied = writing(dying, 5);
        for (int i = 0; i < 20; i++) {
            denied.copied(0, meta("k" + i, "v"), meta("k" + i, "v'"));
        }
        commit(denied);
        killed.close();
        assertThat(warnings).singleElement().asString().contains("could not be written");
        assertThat(bucket.names()).isNotEmpty().allMatch(name -> name.startsWith("baseline/run-000001/"));

        BaselineRun next = writing(store(), 5);
        next.copied(0, meta("k", "v"), meta("k", "v'"));
        commit(next);

        assertThat(bucket.names()).noneMatch(name -> name.startsWith("baseline/run-000001/"));
        assertThat(entries()).hasSize(1);
    }

    @Test
    void theLastGenerationStaysForThoseWhoReadIt() {
        BaselineRun first = writing(store(), 5);
        first.copied(0, meta("k", "v"), meta("k", "v'"));
        commit(first);
        BaselineRun reader = BaselineRun.reading(store(), SUBJECT, warnings::add);

        BaselineRun second = writing(store(), 5);
        second.copied(0, meta("k", "w"), meta("k", "w'"));
        commit(second);

        assertThat(reader.pair(0).peek().map(BaselineEntry::states)).contains(states("v"));
        reader.close();
        BaselineRun third = writing(store(), 5);
        third.copied(0, meta("k", "x"), meta("k", "x'"));
        commit(third);
        assertThat(bucket.names()).noneMatch(name -> name.contains("run-000001"));
    }

    /** Two runs at once: who commits last finds another manifest than it read, and gives up. */
    @Test
    void ofTwoRunsAtOnceTheLaterCommitIsDropped() {
        BaselineRun one = writing(store(), 5);
        BaselineRun other = writing(store(), 5);
        one.copied(0, meta("k", "one"), meta("k", "one'"));
        other.copied(0, meta("k", "other"), meta("k", "other'"));

        commit(one);
        commit(other);

        assertThat(warnings).singleElement().asString().contains("written by another run");
        assertThat(entries().values()).containsExactly(states("one"));
        assertThat(bucket.names()).noneMatch(name -> name.contains("run-000002"));
    }

    /** Torn anywhere, what is read is a part of what was written, never anything else; and it is said. */
    @Test
    void tornAtAnyByteItTellsLessAndNothingWrong() {
        BaselineRun first = writing(store(), 20);
        for (int i = 0; i < 100; i++) {
            first.copied(i % 2, meta("key" + i, "v" + i), meta("key" + i, "v" + i + "'"));
        }
        commit(first);
        Map<BaselineKey, Counterparts> whole = entries();
        assertThat(whole).hasSize(100);

        for (ObjectKey name : bucket.keys()) {
            byte[] content = bucket.get(name).orElseThrow().bytes();
            boolean manifest = name.text().endsWith(".json");
            for (int length = 0; length < content.length - (manifest ? 1 : 0); length += manifest ? 23 : 5) {
                byte[] torn = java.util.Arrays.copyOf(content, length);
                byte[] flipped = content.clone();
                flipped[length] ^= 0x20;
                for (byte[] bad : List.of(torn, flipped)) {
                    bucket.put(name, bad, ObjectMetadata.NONE, Instant.EPOCH);
                    warnings.clear();

                    Map<BaselineKey, Counterparts> read = entries();

                    assertThat(whole.entrySet()).as("%s at %d", name, length).containsAll(read.entrySet());
                    assertThat(read.size()).isLessThan(whole.size());
                    assertThat(warnings).hasSize(1);
                }
            }
            bucket.put(name, content, ObjectMetadata.NONE, Instant.EPOCH);
        }
    }

    @Test
    void aPartThatIsGoneEndsItsPairOnly() {
        BaselineRun first = writing(store(), 5);
        for (int i = 0; i < 20; i++) {
            first.copied(0, meta(String.format("k%02d", i), "v"), meta("k", "v'"));
            first.copied(1, meta(String.format("k%02d", i), "v"), meta("k", "v'"));
        }
        commit(first);
        bucket.keys().stream()
                .filter(name -> name.text().contains("/000-000002"))
                .forEach(bucket::remove);

        BaselineRun run = BaselineRun.reading(store(), SUBJECT, warnings::add);

        PairBaseline torn = run.pair(0);
        int shown = 0;
        while (torn.peek().isPresent()) {
            torn.skip();
            shown++;
        }
        assertThat(shown).isBetween(1, 19);
        assertThat(torn.knows()).isFalse();
        assertThat(run.pair(1).knows()).isTrue();
        assertThat(warnings).singleElement().asString().contains("missing");
        run.close();
    }

    @Test
    void aRunOfAPartReadsAndRenewsThatPart() {
        BaselineRun first = writing(store(), 3);
        for (String key : List.of("a", "img/1", "img/2", "img/sub/3", "img0", "z")) {
            first.copied(0, meta(key, "v"), meta(key, "v'"));
        }
        first.copied(1, meta("other", "v"), meta("other", "v'"));
        commit(first);
        BaselineSubject part = subject(new BaselineSubject.Path("img/", "img/"));

        assertThat(entries(part).keySet().stream().map(at -> at.key().text())).containsExactly("1", "2", "sub/3");
        BaselineRun run = BaselineRun.writing(store(), part, warnings::add);
        assertThat(run.pair(0).knows()).isTrue();
        run.copied(0, meta("4", "w"), meta("4", "w'"));
        run.deleted(0, ObjectKey.of("1"));
        commit(run);

        assertThat(entries().keySet())
                .extracting(at -> at.pair() + at.key().text())
                .containsExactly("0a", "0img/2", "0img/4", "0img/sub/3", "0img0", "0z", "1other");
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatIsAboutOtherPathsIsOfNoUse() {
        BaselineRun first = writing(store(), 5);
        first.copied(0, meta("k", "v"), meta("k", "v'"));
        commit(first);

        BaselineRun other = BaselineRun.reading(store(), subject(new BaselineSubject.Path("x/", "z/")), warnings::add);

        assertThat(other.status()).isInstanceOf(BaselineStatus.Unusable.class);
        assertThat(other.pair(0).peek()).isEmpty();
        assertThat(other.pair(0).knows()).isFalse();
        other.close();
    }

    @Test
    void entriesOfAnotherRuleProveNothingUntilAWholeRunAgrees() {
        BaselineSubject strict = new BaselineSubject("memory://dev", "memory://prod", SUBJECT.paths(), "strict", "");
        BaselineRun first = writing(store(), 5);
        first.copied(0, meta("k", "v"), meta("k", "v'"));
        commit(first);

        BaselineRun partly = BaselineRun.writing(store(), strict, warnings::add);
        assertThat(partly.pair(0).trusts()).isFalse();
        partly.commit(nextRun(), Instant.EPOCH, BaselineRun.Coverage.PART, BaselineRun.Certainty.KNOWN);
        partly.close();
        BaselineRun again = BaselineRun.writing(store(), strict, warnings::add);
        assertThat(again.pair(0).trusts()).isFalse();
        commit(again);
        BaselineRun proving = BaselineRun.writing(store(), strict, warnings::add);
        assertThat(proving.pair(0).trusts())
                .as("a whole run that did not find it equal")
                .isFalse();
        proving.pair(0).equal(meta("k", "v"), meta("k", "v'"));
        commit(proving);

        BaselineRun last = BaselineRun.reading(store(), strict, warnings::add);
        assertThat(last.pair(0).trusts()).isTrue();
        last.close();
    }
}
