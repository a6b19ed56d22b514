package dev.replicator.server.history;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.replicator.server.files.OwnerOnly;
import dev.replicator.server.run.RunLogException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * What the server remembers, with its tables as this version needs them: an SQLite file of one server, or a PostgreSQL
 * database that several share. Thread-safe. Writers of an SQLite file wait for each other here, readers for nobody.
 */
public final class Database implements AutoCloseable {
    private static final int BUSY_MILLIS = 5_000;
    /** Two of them and a pause fit into {@code Upkeep.PATIENCE}: a beat that got no answer does not make a server count as dead. */
    static final Duration ANSWER = Duration.ofSeconds(10);

    /** A transaction that its client left, with the rows it has locked, is ended by PostgreSQL after so long. */
    private static final Duration LEFT = Duration.ofSeconds(30);

    private static final int CONNECTIONS = 8;
    private static final int CACHE_KIB = 8 * 1024;
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Dialect dialect;
    private final FileClaim claim;
    private final String instance = UUID.randomUUID().toString();
    private final ReentrantLock writing = new ReentrantLock(true);

    private Database(HikariDataSource pool, Dialect dialect, FileClaim claim) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool).registerArgument(new TextArguments());
        this.dialect = dialect;
        this.claim = claim;
    }

    /**
     * A file of this machine, which is made when it is missing.
     *
     * @throws RunLogException when it can't be opened, or was written by a newer version; the message names the file
     */
    public static Database inFile(Path file) {
        return inFile(file, config -> {});
    }

    /** As {@link #inFile(Path)}, with other limits. */
    static Database inFile(Path file, Consumer<SQLiteConfig> limits) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setCacheSize(-CACHE_KIB);
        limits.accept(config);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(SQLITE + file);
        FileClaim claim = FileClaim.of(file);
        try {
            OwnerOnly.file(file); // SQLite gives its log and its index the mode of the file
            return new Database(migrated(source, Dialect.SQLITE), Dialect.SQLITE, claim);
        } catch (RuntimeException | IOException e) {
            claim.close();
            throw new RunLogException(
                    "the history " + file + " can't be used: " + reason(e)
                            + " (moved away, it is made anew from the reports in the buckets)",
                    e);
        }
    }

    /**
     * The database of a JDBC URL: {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://…}.
     *
     * <p>PostgreSQL is given ten seconds for each answer, unless the URL's {@code socketTimeout} says otherwise: a machine
     * that went away without a word must not hold up what is to be done. Bringing the tables up to date may take longer.
     *
     * @param user may be empty, as may be the password: then the URL says it, or nobody asks
     * @throws RunLogException when it can't be used, or was written by a newer version; the message holds no password
     */
    public static Database at(String jdbcUrl, String user, String password) {
        if (jdbcUrl.startsWith(SQLITE)) {
            return inFile(Path.of(jdbcUrl.substring(SQLITE.length())));
        }
        if (!jdbcUrl.startsWith(POSTGRESQL)) {
            throw new RunLogException(
                    "the history's database is '" + SQLITE + "FILE' or '" + POSTGRESQL + "//HOST/NAME'",
                    new IllegalArgumentException("unknown kind of database"));
        }
        return inPostgres(jdbcUrl, user, password, ANSWER);
    }

    /** As {@link #at}, with another time for each answer: whole seconds, at least one. */
    static Database inPostgres(String jdbcUrl, String user, String password, Duration answer) {
        try {
            try (HikariDataSource patient = pooled(postgres(jdbcUrl, user, password))) {
                migrate(patient, Dialect.POSTGRESQL); // an index over millions of rows takes longer than an answer may
            }
            HikariConfig config = postgres(jdbcUrl, user, password);
            config.addDataSourceProperty("socketTimeout", Long.toString(Math.max(1, answer.toSeconds())));
            config.setConnectionInitSql("set idle_in_transaction_session_timeout = " + LEFT.toMillis());
            return new Database(pooled(config), Dialect.POSTGRESQL, FileClaim.NONE);
        } catch (RuntimeException e) {
            throw new RunLogException("the history in PostgreSQL can't be used: " + reason(e), e);
        }
    }

    private static HikariConfig postgres(String jdbcUrl, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        if (!user.isEmpty()) {
            config.setUsername(user);
        }
        if (!password.isEmpty()) {
            config.setPassword(password);
        }
        return config;
    }

    private static HikariDataSource migrated(DataSource source, Dialect dialect) {
        migrate(source, dialect);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        return pooled(config);
    }

    private static HikariDataSource pooled(HikariConfig config) {
        config.setPoolName("replicator-history");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(2L * BUSY_MILLIS);
        return new HikariDataSource(config);
    }

    private static void migrate(DataSource source, Dialect dialect) {
        Flyway.configure()
                .dataSource(source)
                .placeholders(dialect.placeholders())
                .load()
                .migrate();
    }

    /** The innermost cause, on one line: what is around it says only that something failed. */
    private static String reason(Throwable e) {
        Throwable at = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            at = cause;
        }
        String message = String.valueOf(at.getMessage()).strip();
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end).strip();
    }

    /**
     * Changes it in one transaction.
     *
     * @throws RunLogException when it can't be written
     */
    public <T> T change(Function<Handle, T> change) {
        boolean alone = dialect == Dialect.SQLITE;
        if (alone) {
            takeTurn();
        }
        try {
            return jdbi.inTransaction(change::apply);
        } catch (JdbiException e) {
            throw new RunLogException("the history can't be written: " + reason(e), e);
        } finally {
            if (alone) {
                writing.unlock();
            }
        }
    }

    private void takeTurn() {
        try {
            if (!writing.tryLock(2L * BUSY_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new RunLogException(
                        "the history can't be written: it is locked", new IllegalStateException("locked"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunLogException("the history can't be written: interrupted", e);
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
            throw new RunLogException("the history can't be read: " + reason(e), e);
        }
    }

    Dialect dialect() {
        return dialect;
    }

    /** This server's name among those that share the database; another one after every start. */
    String instance() {
        return instance;
    }

    /** Whether no other server can have been using it when this one began. */
    boolean isOnlyUser() {
        return claim.isExclusive();
    }

    @Override
    public void close() {
        pool.close();
        claim.close();
    }
}
