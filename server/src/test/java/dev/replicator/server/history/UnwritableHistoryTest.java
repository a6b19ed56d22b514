package dev.replicator.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.server.run.OneJob;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunObserver;
import dev.replicator.server.run.RunOrder;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunState;
import dev.replicator.server.run.Runs;
import dev.replicator.server.run.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history that can't be written costs a run its memory, never its work. */
class UnwritableHistoryTest {
    private static final int FILES = 200;

    @TempDir
    Path directory;

    private OneJob job;

    @BeforeEach
    void files() throws IOException {
        job = OneJob.in(directory);
        for (int i = 0; i < FILES; i++) {
            Files.writeString(directory.resolve("dev/object-with-a-rather-long-name-" + i), "x");
        }
    }

    private Runs runs(Database database) {
        return job.runs(database, new SqlRunLog(database), RunObserver.SILENT);
    }

    private static RunRecord ended(Runs runs) throws InterruptedException {
        RunOrder order = new RunOrder("media", RunAction.SYNC, false, new Trigger(Trigger.Kind.API, "me", "because"));
        Runs.Answer answer = runs.start(order);
        assertThat(answer).isInstanceOf(Runs.Answer.Accepted.class);
        String id = ((Runs.Answer.Accepted) answer).run().id();
        return runs.awaited(id, Duration.ofSeconds(40)).orElseThrow();
    }

    @Test
    void aLockedFileCostsTheRunItsMemoryUntilItIsFree() throws Exception {
        Path file = directory.resolve("locked.db");
        try (Database database = Database.inFile(file, config -> config.setBusyTimeout(100));
                Runs runs = runs(database);
                Connection holder = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            lock(holder);

            RunRecord run = ended(runs);

            assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(run.facts().totals().copied()).isEqualTo(FILES);
            assertThat(run.facts().resultsLost()).contains("was not kept").contains("locked");
            assertThat(directory.resolve("prod"))
                    .isDirectoryContaining(path -> path.toString().endsWith("-1"));
            runs.remember();
            assertThat(runs.log().find(run.id())).isEmpty();
            holder.rollback();
            runs.remember();
            assertThat(runs.log().find(run.id())).contains(run);
        }
    }

    private static void lock(Connection holder) throws SQLException {
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.executeUpdate("insert into server_instance (id, seen_at) values ('somebody', 1)");
        }
    }

    @Test
    void aFullDiskCostsTheRunWhatBecameOfItsObjects() throws Exception {
        Path file = directory.resolve("full.db");
        int pages;
        try (Database database = Database.inFile(file)) {
            pages = database.read(handle ->
                    handle.createQuery("pragma page_count").mapTo(Integer.class).one());
        }
        try (Database database = Database.inFile(file, config -> config.setMaxPageCount(pages + 4));
                Runs runs = runs(database)) {

            RunRecord run = ended(runs);

            assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(run.facts().totals().copied()).isEqualTo(FILES);
            assertThat(run.facts().resultsLost()).contains("was not kept").contains("full");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> runs.underWay().isEmpty());
            assertThat(runs.find(run.id())).isPresent();
            assertThat(runs.log()
                            .results(run.id(), RunLog.ResultQuery.ALL, Optional.empty(), 10)
                            .items())
                    .as("what was kept before stays")
                    .hasSizeLessThan(FILES);
        }
    }
}
