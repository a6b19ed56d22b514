package dev.replicator.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.server.history.Database;
import dev.replicator.server.history.FreshDatabase;
import dev.replicator.server.history.SqlRunLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that takes nothing: the end of a run is what is remembered, whoever came first. */
class UnkeptTest {
    private static final RunRecord QUEUED = RunRecord.queued(
            "20260131T080000000Z-aaaaaaaa",
            new RunOrder("media", RunAction.SYNC, false, new Trigger(Trigger.Kind.API, "me", "")),
            Instant.parse("2026-01-31T08:00:00Z"));
    private static final RunRecord CANCELLING = QUEUED.cancelling();
    private static final RunRecord ENDED =
            QUEUED.ended(RunEnd.without(RunState.CANCELLED, "too late"), "", Instant.parse("2026-01-31T08:00:01Z"));

    @TempDir
    Path directory;

    private Database database;
    private boolean away = true;

    @BeforeEach
    void open() throws IOException {
        database = FreshDatabase.in(directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Unkept unkept(Consumer<RunRecord> meanwhile) {
        return new Unkept(new WatchedRunLog(new SqlRunLog(database), run -> {
            meanwhile.accept(run);
            if (away) {
                throw new RunLogException("away", new IllegalStateException());
            }
        }));
    }

    @Test
    void anEndIsRememberedThoughAnEarlierStateFailedFirst() {
        Unkept[] unkept = new Unkept[1];
        unkept[0] = unkept(run -> {
            if (run.equals(ENDED)) {
                unkept[0].keep(CANCELLING);
            }
        });

        unkept[0].keep(ENDED);

        assertThat(unkept[0].find(QUEUED.id())).contains(ENDED);
    }

    @Test
    void anEarlierStateThatComesLateLeavesTheEnd() {
        Unkept unkept = unkept(run -> {});
        unkept.keep(ENDED);

        unkept.keep(CANCELLING);

        assertThat(unkept.find(QUEUED.id())).contains(ENDED);
    }

    @Test
    void theNewestStateIsWrittenWhenTheLogTakesItAgain() {
        Unkept unkept = unkept(run -> {});
        unkept.keep(QUEUED);
        unkept.keep(CANCELLING);
        away = false;

        unkept.retry();

        assertThat(unkept.find(QUEUED.id())).isEmpty();
        assertThat(new SqlRunLog(database).find(QUEUED.id())).contains(CANCELLING);
    }
}
