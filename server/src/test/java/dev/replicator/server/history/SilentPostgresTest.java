package dev.replicator.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.server.Relay;
import dev.replicator.server.run.OneJob;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunLogException;
import dev.replicator.server.run.RunObserver;
import dev.replicator.server.run.RunOrder;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunState;
import dev.replicator.server.run.Runs;
import dev.replicator.server.run.Trigger;
import dev.replicator.server.upkeep.Upkeep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL whose machine or network dies without a word: connections stay open, and nothing answers. */
@Timeout(90)
class SilentPostgresTest {
    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static PostgresDatabase postgres;

    @TempDir
    Path directory;

    private Relay relay;
    private Database database;

    @BeforeAll
    static void start() throws Exception {
        postgres = PostgresDatabase.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void connect() throws Exception {
        relay = Relay.to(postgres.port());
        database = Database.inPostgres(PostgresServer.url(relay.port()), PostgresServer.USER, "", ANSWER);
    }

    @AfterEach
    void disconnect() throws Exception {
        try (Relay closed = relay;
                Database also = database) {
            // One that could not be opened is null, which is closed in silence.
        }
    }

    @Test
    void aQuestionWithoutAnAnswerEndsAndTheNextOneIsAnsweredAgain() {
        endsAndIsAnsweredLater(database);
    }

    @Test
    void theUrlMaySayHowLongAnAnswerMayTake() throws Exception {
        String url = PostgresServer.url(relay.port()) + "?socketTimeout=" + ANSWER.toSeconds();
        try (Database patient = Database.inPostgres(url, PostgresServer.USER, "", Duration.ofHours(1))) {
            endsAndIsAnsweredLater(patient);
        }
    }

    private void endsAndIsAnsweredLater(Database asked) {
        assertThat(answer(asked)).isEqualTo(1);
        relay.silence();

        CompletableFuture<Integer> unanswered = CompletableFuture.supplyAsync(() -> answer(asked));

        assertThatThrownBy(() -> unanswered.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(RunLogException.class)
                .hasMessageContaining("the history can't be read");
        relay.mend();
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(answer(asked)).isEqualTo(1));
    }

    private static int answer(Database asked) {
        return asked.read(
                handle -> handle.createQuery("select 1").mapTo(Integer.class).one());
    }

    @Test
    void aRunDoesItsWorkAndIsRememberedWhenTheDatabaseAnswersAgain() throws Exception {
        OneJob job = OneJob.in(directory);
        Files.writeString(directory.resolve("dev/a"), "x");
        try (Runs runs = job.runs(database, new SqlRunLog(database), RunObserver.SILENT)) {
            relay.silence();
            RunOrder order =
                    new RunOrder("media", RunAction.SYNC, false, new Trigger(Trigger.Kind.API, "me", "because"));

            Runs.Answer answer =
                    CompletableFuture.supplyAsync(() -> runs.start(order)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            String id = ((Runs.Answer.Accepted) answer).run().id();
            RunRecord run = runs.awaited(id, PATIENCE).orElseThrow();

            assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(directory.resolve("prod/a")).hasContent("x");
            assertThat(run.facts().resultsLost()).contains("was not kept");
            relay.mend();
            Awaitility.await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
                runs.remember();
                assertThat(runs.log().find(id)).contains(run);
            });
        }
    }

    @Test
    void aBeatWithoutAnAnswerLeavesTimeForTheNextOne() {
        assertThat(Database.ANSWER.multipliedBy(2).plus(Upkeep.BEAT)).isLessThan(Upkeep.PATIENCE);
    }

    @Test
    void aTransactionThatItsClientLeftIsEnded() {
        assertThat(database.<String>read(handle -> handle.createQuery("show idle_in_transaction_session_timeout")
                        .mapTo(String.class)
                        .one()))
                .isEqualTo("30s");
    }
}
