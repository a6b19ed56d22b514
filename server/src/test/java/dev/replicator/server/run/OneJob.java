package dev.replicator.server.run;

import dev.replicator.Replicator;
import dev.replicator.config.ConfigLoader;
import dev.replicator.hook.LeasedRuns;
import dev.replicator.server.history.Database;
import dev.replicator.server.history.SqlPlanShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The job {@code media} between the folders {@code dev} and {@code prod} of a directory, for tests without a whole server. */
public record OneJob(Path directory) {
    /** With both folders empty. */
    public static OneJob in(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("dev"));
        Files.createDirectories(directory.resolve("prod"));
        Files.writeString(
                directory.resolve("replicator.yaml"),
                "version: 1\njobs:\n  media: { source: \"./dev\", destination: \"./prod\" }\n");
        return new OneJob(directory);
    }

    public Jobs jobs() {
        return new Jobs(new ConfigLoader(directory, Map.of()).load(Optional.empty()));
    }

    /** @param log of that database, or one around it */
    public Runs runs(Database database, RunLog log, RunObserver observer) {
        Replicator replicator = Replicator.create();
        Clock clock = Clock.systemUTC();
        return new Runs(
                jobs(),
                replicator,
                new LeasedRuns(replicator, clock, "here"),
                log,
                new SqlPlanShelf(database),
                observer,
                clock);
    }
}
