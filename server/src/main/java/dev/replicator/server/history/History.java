package dev.replicator.server.history;

import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunLogException;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Opens the history, with its tables as this version needs them. */
public final class History {
    private static final int BUSY_MILLIS = 5_000;

    private History() {}

    /**
     * In a file of this machine, which is made when it is missing.
     *
     * @throws RunLogException when it can't be opened, or was written by a newer version
     */
    public static RunLog inFile(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        try {
            Flyway.configure().dataSource(source).load().migrate();
        } catch (FlywayException e) {
            throw new RunLogException("the history " + file + " can't be used: " + e.getMessage(), e);
        }
        return new SqlRunLog(Jdbi.create(source));
    }
}
