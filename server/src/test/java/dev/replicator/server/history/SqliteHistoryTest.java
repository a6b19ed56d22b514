package dev.replicator.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunLogException;
import dev.replicator.server.run.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history in a file. */
class SqliteHistoryTest extends HistoryContract {
    @TempDir
    static Path folder;

    private static Database shared;

    @BeforeAll
    static void open() {
        shared = Database.inFile(folder.resolve("shared.db"));
    }

    @AfterAll
    static void close() {
        shared.close();
    }

    @Override
    Database database() {
        return shared;
    }

    @Override
    Database again() {
        return Database.at("jdbc:sqlite:" + folder.resolve("shared.db"), "", "");
    }

    @Test
    void whatADeadServerLeftInTheFileIsInterruptedAtOnce() {
        Path file = folder.resolve("left.db");
        try (Database before = Database.inFile(file)) {
            new Presence(before, Duration.ofHours(1)).begin();
            new SqlRunLog(before).keep(Records.run("20260101T000000000Z-1", "job", RunAction.SYNC, RunState.RUNNING));
        }

        try (Database now = Database.inFile(file)) {
            assertThat(new Presence(now, Duration.ofHours(1)).begin()).containsExactly("20260101T000000000Z-1");
        }
    }

    @Test
    void whatALivingServerOfTheFileRunsIsLeftAlone() {
        Path file = folder.resolve("lives.db");
        try (Database one = Database.inFile(file)) {
            new Presence(one, Duration.ofHours(1)).begin();
            new SqlRunLog(one).keep(Records.run("20260101T000000000Z-1", "job", RunAction.SYNC, RunState.RUNNING));
            try (Database other = Database.inFile(file)) {
                assertThat(new Presence(other, Duration.ofHours(1)).begin()).isEmpty();
            }
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedByName() throws IOException {
        Path file = folder.resolve("torn.db");
        Files.writeString(file, "this is no database, whatever its name says. ".repeat(100));

        assertThatThrownBy(() -> Database.inFile(file))
                .isInstanceOf(RunLogException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("not a database");
    }

    @Test
    void anUnknownKindOfDatabaseIsRefused() {
        assertThatThrownBy(() -> Database.at("jdbc:mysql://somewhere/db", "me", "secret"))
                .isInstanceOf(RunLogException.class)
                .hasMessageNotContaining("secret");
    }
}
