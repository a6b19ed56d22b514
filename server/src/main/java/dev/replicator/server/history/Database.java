package dev.replicator.server.history;

import dev.replicator.server.run.RunLogException;
import java.nio.file.Path;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** What the server remembers, with its tables as this version needs them. Thread-safe. */
public final class Database {
    private static final int BUSY_MILLIS = 5_000;

    private final Jdbi jdbi;

    private Database(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A file of this machine, which is made when it is missing.
     *
     * @throws RunLogException when it can't be opened, or was written by a newer version
     */
    public static Database inFile(Path file) {
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
        return new Database(Jdbi.create(source));
    }

    /**
     * Changes it in one transaction.
     *
     * @throws RunLogException when it can't be written
     */
    public <T> T change(Function<Handle, T> change) {
        try {
            return jdbi.inTransaction(change::apply);
        } catch (JdbiException e) {
            throw new RunLogException("the history can't be written: " + e.getMessage(), e);
        }
    }

    /**
     * Asks it.
     *
     * @throws RunLogException when it can't be read
     */
    public <T> T read(Function<Handle, T> query) {
        try {
            return jdbi.withHandle(query::apply);
        } catch (JdbiException e) {
            throw new RunLogException("the history can't be read: " + e.getMessage(), e);
        }
    }
}
