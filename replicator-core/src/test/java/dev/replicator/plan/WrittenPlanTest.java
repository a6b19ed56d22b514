package dev.replicator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.diff.Change;
import dev.replicator.diff.Reason;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.Precondition;
import dev.replicator.store.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan file comes back as it was written, or not at all. */
class WrittenPlanTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.000006Z");

    @TempDir
    private Path folder;

    private static ObjectMeta object(ObjectKey key) {
        return new ObjectMeta(
                key,
                42,
                AT,
                new Version("v\"1\\"),
                List.of(new Fingerprint(Fingerprint.Algorithm.CRC32C, "0011aabb")),
                EntryNote.NONE,
                Optional.empty());
    }

    private static List<Action> actions() {
        List<Action> actions = new ArrayList<>();
        for (String key : List.of("a", "\u0001\n\u2028\"", "\uD83D\uDE00", "x".repeat(99))) {
            actions.add(new Action.Copy(0, object(ObjectKey.of(key)), Optional.empty(), Reason.MISSING));
        }
        ObjectKey noUtf8 = ObjectKey.ofBytes(new byte[] {(byte) 0xFF, 'a', (byte) 0xC3});
        actions.add(new Action.Copy(
                1, object(noUtf8), Optional.of(Precondition.unchanged(new Version("old"))), Reason.UNPROVEN_EQUAL));
        actions.add(new Action.Copy(
                1,
                object(ObjectKey.of("y")),
                Optional.of(new Precondition.Unchanged(new Version("1"), 7)),
                Reason.CHECKSUM));
        actions.add(new Action.Skip(1, object(ObjectKey.of("z")), Change.Side.SOURCE, EntryNote.ARCHIVED));
        actions.add(new Action.UpdateMetadata(
                1,
                object(noUtf8),
                new ObjectMeta(
                        noUtf8,
                        42,
                        AT.plusSeconds(1),
                        new Version("there"),
                        List.of(),
                        EntryNote.NONE,
                        Optional.empty(),
                        7),
                ObjectMetadata.ofContentType("text/plain").withUser(Map.of("custom:aclPolicy", "{\"ü\":1}")),
                List.of("content-type", "custom:aclPolicy")));
        actions.add(new Action.Delete(1, object(ObjectKey.of("zz"))));
        return actions;
    }

    private Path written(String name) {
        Path file = folder.resolve(name);
        PlanHeader header = new PlanHeader(
                PlanHeader.FORMAT,
                AT,
                Optional.of("media"),
                "s3://dev",
                "s3://prod",
                "size-and-modified",
                List.of(new PlanHeader.Path("from/", "to/"), new PlanHeader.Path("", "x/")),
                List.of("-tmp/**"));
        try (PlanWriter writer = new PlanWriter(file, header)) {
            actions().forEach(writer::accept);
            writer.finish(false, "3 deletes are more than max-objects 2");
        }
        return file;
    }

    private static List<Action> read(WrittenPlan plan) {
        List<Action> actions = new ArrayList<>();
        plan.forEach(actions::add);
        return actions;
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan.jsonl", "plan.jsonl.gz"})
    void comesBackAsItWasWritten(String name) {
        WrittenPlan plan = WrittenPlan.open(written(name));

        assertThat(read(plan)).isEqualTo(actions());
        assertThat(plan.header().job()).contains("media");
        assertThat(plan.header().paths()).hasSize(2);
        assertThat(plan.totals())
                .isEqualTo(new PlanTotals(4, 2, 1, 1, 1, 6 * 42, false, "3 deletes are more than max-objects 2"));
    }

    /** A file of before states of metadata were written has none: it is a condition on the content. */
    @Test
    void saysTheStateOfMetadataThatIsExpectedWhereItIsKnown() throws IOException {
        assertThat(Files.readAllLines(written("states.jsonl")))
                .anyMatch(line -> line.contains("\"expected\":{\"version\":\"1\",\"metageneration\":7}"))
                .anyMatch(line -> line.contains("\"expected\":{\"version\":\"old\"}"));
    }

    private void assertRefused(byte[] bytes, String name, String what) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, bytes);
        assertThatThrownBy(() -> WrittenPlan.open(file))
                .as(what)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(": null");
    }

    @Test
    void aFileWithAnyByteChangedIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(written("plan.jsonl"));
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= (byte) (1 << i % 8);
            assertRefused(changed, "changed.jsonl", "byte " + i);
        }
    }

    @Test
    void aFileThatEndsAnywhereEarlierIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(written("plan.jsonl"));
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), "short.jsonl", "cut to " + length);
        }
    }

    @Test
    void aFileThatLacksRepeatsOrSwapsALineIsRefused() throws IOException {
        List<String> lines = Files.readAllLines(written("plan.jsonl"), StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
            List<String> lacking = new ArrayList<>(lines);
            lacking.remove(i);
            assertRefused(bytes(lacking), "lines.jsonl", "without line " + i);
            List<String> repeating = new ArrayList<>(lines);
            repeating.add(i, lines.get(i));
            assertRefused(bytes(repeating), "lines.jsonl", "with line " + i + " twice");
            if (i > 0) {
                List<String> swapping = new ArrayList<>(lines);
                swapping.add(i - 1, swapping.remove(i));
                assertRefused(bytes(swapping), "lines.jsonl", "with line " + i + " one up");
            }
        }
        List<String> longer = new ArrayList<>(lines);
        longer.add("");
        assertRefused(bytes(longer), "lines.jsonl", "with an empty line behind");
    }

    private static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The trailer's own words can't be changed by hand either. */
    @Test
    void aGateThatWasOpenedByHandIsRefused() throws IOException {
        String text = Files.readString(written("plan.jsonl"));

        String opened = text.replace("\"open\":false", "\"open\":true");

        assertThat(opened).isNotEqualTo(text);
        assertRefused(opened.getBytes(StandardCharsets.UTF_8), "opened.jsonl", "opened");
    }

    @Test
    void aTornOrChangedGzipIsRefusedOrSaysTheSame() throws IOException {
        byte[] whole = Files.readAllBytes(written("plan.jsonl.gz"));
        for (int length = 0; length < whole.length; length += 7) {
            assertRefused(Arrays.copyOf(whole, length), "short.gz", "cut to " + length);
        }
        Path file = folder.resolve("changed.gz");
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            Files.write(file, changed);
            try {
                assertThat(read(WrittenPlan.open(file))).isEqualTo(actions());
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("changed.gz");
            }
        }
    }

    @Test
    void aFileThatIsNoPlanIsRefused() throws IOException {
        assertRefused(new byte[0], "empty.jsonl", "empty");
        assertRefused("[]\n".getBytes(StandardCharsets.UTF_8), "list.jsonl", "a list");
        assertRefused("null\nnull\n".getBytes(StandardCharsets.UTF_8), "null.jsonl", "nothing");
        assertRefused(new byte[200_000], "zeros.jsonl", "zeros");
        assertThatThrownBy(() -> WrittenPlan.open(folder.resolve("nowhere.jsonl")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatWasNotFinishedLeavesNoFile() throws IOException {
        Path file = folder.resolve("interrupted.jsonl");
        PlanHeader header = new PlanHeader(1, AT, Optional.empty(), "a", "b", "size-only", List.of(), List.of());
        try (PlanWriter writer = new PlanWriter(file, header)) {
            actions().forEach(writer::accept);
        }
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }
}
