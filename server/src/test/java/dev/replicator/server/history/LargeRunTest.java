package dev.replicator.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.server.run.ObjectResult;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunState;
import dev.replicator.server.run.TreeNode;
import dev.replicator.store.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run with very many results pages without loading them; how many is the system property
 * {@code replicator.test.results}, 1,000,000 for the figures in the documentation.
 */
class LargeRunTest {
    private static final Logger log = LoggerFactory.getLogger(LargeRunTest.class);
    private static final int RESULTS = Integer.getInteger("replicator.test.results", 20_000);
    private static final int PORTION = 1_000;
    private static final int FOLDERS = 100;

    @TempDir
    Path folder;

    @Test
    void pagesThroughAllOfItAndShowsItsTree() {
        try (Database database = Database.inFile(folder.resolve("large.db"))) {
            SqlRunLog runs = new SqlRunLog(database);
            runs.keep(Records.run("20260131T080000000Z-1", "media", RunAction.VALIDATE, RunState.FINDINGS));

            long written = timed("writing all", () -> write(runs));
            long paged = timed("paging through all, 1,000 at a time", () -> pages(runs, RunLog.ResultQuery.ALL));
            timed(
                    "paging through one cause",
                    () -> pages(runs, new RunLog.ResultQuery(Optional.empty(), Optional.of("EXTRA"), new byte[0])));
            List<TreeNode> root = new ArrayList<>();
            timed("the tree's root, counted", () -> {
                root.addAll(tree(runs, ""));
                return root.size();
            });
            timed("the same again", () -> tree(runs, "").size());
            long folders = timed(
                    "a folder of folders, each counted",
                    () -> tree(runs, "folder/").size());
            long inner =
                    timed("an inner folder", () -> tree(runs, "folder/037/").size());
            timed(
                    "groups of failures",
                    () -> runs.troubles("20260131T080000000Z-1").size());

            assertThat(written).isEqualTo(RESULTS);
            assertThat(paged).isEqualTo(RESULTS);
            assertThat(root).hasSize(1);
            assertThat(((TreeNode.Folder) root.get(0)).count()).isEqualTo(RESULTS);
            assertThat(folders).isEqualTo(FOLDERS);
            assertThat(inner).isEqualTo(Math.min(1_000, RESULTS / FOLDERS));
        }
    }

    private static long write(SqlRunLog runs) {
        for (int from = 0; from < RESULTS; from += PORTION) {
            List<ObjectResult> portion = new ArrayList<>();
            for (int i = from; i < from + PORTION; i++) {
                String key = String.format(Locale.ROOT, "folder/%03d/object-%08d.jpg", i % FOLDERS, i);
                portion.add(Records.found(i + 1L, i % 10 == 0 ? "EXTRA" : "MISSING", ObjectKey.of(key)));
            }
            runs.add("20260131T080000000Z-1", portion);
        }
        return RESULTS;
    }

    private static long pages(SqlRunLog runs, RunLog.ResultQuery query) {
        long read = 0;
        Optional<String> after = Optional.empty();
        do {
            RunLog.ResultPage page = runs.results("20260131T080000000Z-1", query, after, 1_000);
            read += page.items().size();
            after = page.next();
        } while (after.isPresent());
        return read;
    }

    private static List<TreeNode> tree(SqlRunLog runs, String under) {
        return runs.findings(
                        "20260131T080000000Z-1",
                        under.getBytes(StandardCharsets.UTF_8),
                        Optional.empty(),
                        Optional.empty(),
                        1_000)
                .nodes();
    }

    private interface Work {
        long done();
    }

    private static long timed(String what, Work work) {
        long start = System.nanoTime();
        long result = work.done();
        long micros = (System.nanoTime() - start) / 1_000;
        log.info("{} of {}: {} in {} ms", what, RESULTS, result, micros / 1_000.0);
        return result;
    }
}
