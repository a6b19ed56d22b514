package dev.replicator.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.config.AccessToken;
import dev.replicator.config.Role;
import dev.replicator.server.history.Database;
import dev.replicator.server.history.FreshDatabase;
import dev.replicator.testkit.SettableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions over a database that can be read and not written. */
class SessionsTest {
    private final SettableClock clock = new SettableClock();

    @TempDir
    Path directory;

    @Test
    void whoIsLoggedInReadsOnWhileNothingCanBeWritten() throws Exception {
        AccessToken token = new AccessToken("me", Role.VIEWER, Secrets.sha256("secret"));
        try (Database database = FreshDatabase.in(directory, 50);
                Connection holder = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("history.db"))) {
            Sessions sessions = new Sessions(database, new AccessTokens(List.of(token)), clock);
            String id = sessions.begin(token);
            clock.advance(Duration.ofMinutes(5));
            holder.setAutoCommit(false);
            try (Statement statement = holder.createStatement()) {
                statement.executeUpdate("insert into server_instance (id, seen_at) values ('somebody', 1)");
            }

            assertThat(sessions.bearerOf(id)).contains(token);

            clock.advance(Sessions.IDLE);
            assertThat(sessions.bearerOf(id)).isEmpty();
            holder.rollback();
        }
    }
}
