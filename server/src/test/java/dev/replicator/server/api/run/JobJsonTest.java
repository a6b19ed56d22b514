package dev.replicator.server.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.Replicator;
import dev.replicator.config.ConfigLoader;
import dev.replicator.hook.LeasedRuns;
import dev.replicator.server.history.Database;
import dev.replicator.server.history.FreshDatabase;
import dev.replicator.server.history.SqlPlanShelf;
import dev.replicator.server.history.SqlRunLog;
import dev.replicator.server.run.Jobs;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunObserver;
import dev.replicator.server.run.Runs;
import dev.replicator.server.run.Timings;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobJsonTest {
    @TempDir
    Path directory;

    @Test
    void howeverManyJobsThereAreTheHistoryIsAskedOnce() throws Exception {
        StringBuilder configuration = new StringBuilder("version: 1\njobs:\n");
        for (int i = 0; i < 30; i++) {
            configuration.append("  j%d: { source: \"./dev%d\", destination: \"./prod%d\" }\n".formatted(i, i, i));
        }
        Files.writeString(directory.resolve("replicator.yaml"), configuration);
        Jobs jobs = new Jobs(new ConfigLoader(directory, Map.of()).load(Optional.empty()));
        Replicator replicator = Replicator.create();
        AtomicInteger questions = new AtomicInteger();
        try (Database database = FreshDatabase.in(directory);
                Runs runs = new Runs(
                        jobs,
                        replicator,
                        new LeasedRuns(replicator, Clock.systemUTC(), "here"),
                        counting(new SqlRunLog(database), questions),
                        new SqlPlanShelf(database),
                        RunObserver.SILENT,
                        Clock.systemUTC())) {
            assertThat(new JobJson(jobs, runs, Timings.NONE).all()).hasSize(30);

            assertThat(questions).hasValue(1);
        }
    }

    private static RunLog counting(RunLog log, AtomicInteger questions) {
        return (RunLog) Proxy.newProxyInstance(
                RunLog.class.getClassLoader(), new Class<?>[] {RunLog.class}, (proxy, method, arguments) -> {
                    questions.incrementAndGet();
                    return method.invoke(log, arguments);
                });
    }
}
