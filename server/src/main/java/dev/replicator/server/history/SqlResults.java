package dev.replicator.server.history;

import dev.replicator.server.run.ObjectResult;
import dev.replicator.server.run.RunLog.ResultPage;
import dev.replicator.server.run.RunLog.ResultQuery;
import dev.replicator.server.run.RunLog.Trouble;
import dev.replicator.store.ObjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/**
 * What became of objects. All of a run are read in their order; those of an outcome, a cause or a prefix group by group
 * of outcome and cause, by key within each: so every page is one range of an index for each group, however many objects
 * there are. Thread-safe.
 */
final class SqlResults {
    private static final int LONGEST_HEAD = 2_000;
    private static final int EXAMPLES = 5;
    private static final Set<String> TROUBLES = Set.of("FAILED", "STALE", "SKIPPED", "NOT_RUN");

    private final Database database;

    SqlResults(Database database) {
        this.database = database;
    }

    /** Objects of one outcome and cause. */
    record Group(String outcome, String cause) implements Comparable<Group> {
        @Override
        public int compareTo(Group other) {
            int order = outcome.compareTo(other.outcome);
            return order != 0 ? order : cause.compareTo(other.cause);
        }
    }

    void add(Handle handle, String run, List<ObjectResult> results) {
        if (results.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                insert into result (run_id, number, object, object_rest, action, outcome, cause, bytes, message)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """);
        for (ObjectResult result : results) {
            byte[] key = result.object().bytes();
            boolean isLong = key.length > LONGEST_HEAD;
            batch.bind(0, run)
                    .bind(1, result.number())
                    .bind(2, isLong ? Arrays.copyOf(key, LONGEST_HEAD) : key)
                    .bind(3, isLong ? Arrays.copyOfRange(key, LONGEST_HEAD, key.length) : null)
                    .bind(4, result.action())
                    .bind(5, result.outcome())
                    .bind(6, result.cause())
                    .bind(7, result.bytes())
                    .bind(8, Texts.kept(result.message(), 2_000))
                    .add();
        }
        batch.execute();
    }

    ResultPage page(String run, ResultQuery query, Optional<String> after, int most) {
        return query.isAll() ? inOrder(run, after, most) : grouped(run, query, after, most);
    }

    private ResultPage inOrder(String run, Optional<String> after, int most) {
        long number = after.map(Cursor::number).orElse(0L);
        List<ObjectResult> found = database.read(handle -> handle.createQuery(
                        "select * from result where run_id = :run and number > :after order by number limit :most")
                .bind("run", run)
                .bind("after", number)
                .bind("most", most + 1)
                .map((row, context) -> read(row))
                .list());
        return page(found, most, last -> Long.toString(last.number()));
    }

    private ResultPage grouped(String run, ResultQuery query, Optional<String> after, int most) {
        Optional<Cursor> from = after.map(Cursor::parse);
        List<ObjectResult> found = new ArrayList<>();
        for (Group group : groups(run)) {
            boolean wanted = query.outcome()
                            .filter(word -> !word.equals(group.outcome()))
                            .isEmpty()
                    && query.cause().filter(word -> !word.equals(group.cause())).isEmpty();
            int order = from.map(cursor -> group.compareTo(cursor.group())).orElse(1);
            if (!wanted || order < 0 || found.size() > most) {
                continue;
            }
            KeyRange range = order == 0
                    ? KeyRange.under(query.prefix())
                            .after(from.orElseThrow().head(), from.orElseThrow().number())
                    : KeyRange.under(query.prefix());
            found.addAll(inGroup(run, group, range, most + 1 - found.size()));
        }
        return page(found, most, last -> Cursor.of(last).text());
    }

    private static ResultPage page(
            List<ObjectResult> found, int most, java.util.function.Function<ObjectResult, String> cursor) {
        if (found.size() <= most) {
            return new ResultPage(found, Optional.empty());
        }
        List<ObjectResult> page = found.subList(0, most);
        return new ResultPage(page, Optional.of(cursor.apply(page.get(most - 1))));
    }

    /** Which there are, in order; each costs one look into the index. */
    List<Group> groups(String run) {
        return database.read(handle -> {
            List<Group> groups = new ArrayList<>();
            Optional<Group> next = Optional.of(new Group("", ""));
            while (next.isPresent()) {
                Group last = next.get();
                next = handle.createQuery("select outcome, cause from result where run_id = :run"
                                + " and (outcome, cause) > (:outcome, :cause) order by outcome, cause limit 1")
                        .bind("run", run)
                        .bind("outcome", last.outcome())
                        .bind("cause", last.cause())
                        .map((row, context) -> new Group(row.getString("outcome"), row.getString("cause")))
                        .findFirst();
                next.ifPresent(groups::add);
            }
            return groups;
        });
    }

    /** Objects of one group within a range, by key. */
    List<ObjectResult> inGroup(String run, Group group, KeyRange range, int most) {
        return database.read(handle -> {
            Query query = handle.createQuery("select * from result where run_id = :run and outcome = :outcome"
                    + " and cause = :cause" + range.condition() + " order by object, number limit :most");
            return range.bind(query)
                    .bind("run", run)
                    .bind("outcome", group.outcome())
                    .bind("cause", group.cause())
                    .bind("most", most)
                    .map((row, context) -> read(row))
                    .list();
        });
    }

    long count(String run, Group group, KeyRange range) {
        return database.read(handle -> {
            Query query = handle.createQuery("select count(*) from result where run_id = :run and outcome = :outcome"
                    + " and cause = :cause" + range.condition());
            return range.bind(query)
                    .bind("run", run)
                    .bind("outcome", group.outcome())
                    .bind("cause", group.cause())
                    .mapTo(Long.class)
                    .one();
        });
    }

    List<Trouble> troubles(String run) {
        List<Trouble> troubles = new ArrayList<>();
        KeyRange all = KeyRange.under(new byte[0]);
        for (Group group : groups(run)) {
            if (TROUBLES.contains(group.outcome())) {
                troubles.add(new Trouble(
                        group.outcome(), group.cause(), count(run, group, all), inGroup(run, group, all, EXAMPLES)));
            }
        }
        return troubles;
    }

    private static ObjectResult read(ResultSet row) throws SQLException {
        byte[] head = row.getBytes("object");
        byte[] rest = row.getBytes("object_rest");
        byte[] key = head;
        if (rest != null) {
            key = Arrays.copyOf(head, head.length + rest.length);
            System.arraycopy(rest, 0, key, head.length, rest.length);
        }
        return new ObjectResult(
                row.getLong("number"),
                ObjectKey.ofBytes(key),
                row.getString("action"),
                row.getString("outcome"),
                row.getString("cause"),
                row.getLong("bytes"),
                row.getString("message"));
    }

    /** The beginning of a key that the index holds. */
    static byte[] head(ObjectKey key) {
        byte[] bytes = key.bytes();
        return bytes.length > LONGEST_HEAD ? Arrays.copyOf(bytes, LONGEST_HEAD) : bytes;
    }
}
