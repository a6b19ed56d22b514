package dev.replicator.server.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.replicator.server.run.ObjectResult;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunTotals;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** Runs in a database. One writer at a time to a file; readers don't wait for it. */
public final class SqlRunLog implements RunLog {
    private static final String STATES_OF_THE_LIVING = "('QUEUED', 'RUNNING', 'CANCELLING', 'INTERRUPTED')";

    private final Database database;
    private final SqlResults results;
    private final FindingTree tree;

    public SqlRunLog(Database database) {
        this.database = database;
        this.results = new SqlResults(database);
        this.tree = new FindingTree(database, results);
    }

    /**
     * {@inheritDoc} What this server says of its run stands above what others made of its silence; a run that has ended
     * stays as it ended.
     */
    @Override
    public void keep(RunRecord run) {
        Map<String, Object> values = values(run);
        String columns = String.join(", ", values.keySet());
        String places = values.keySet().stream().map(name -> ":" + name).collect(Collectors.joining(", "));
        String changes = values.keySet().stream()
                .filter(name -> !RunRow.FIXED.contains(name))
                .map(name -> name + " = excluded." + name)
                .collect(Collectors.joining(", "));
        database.change(handle -> {
            run.facts().engineId().ifPresent(engine -> removeImported(handle, engine, run.id()));
            return bound(
                            handle.createUpdate("insert into run (" + columns + ") values (" + places
                                    + ") on conflict (id) do update set " + changes + " where run.state in "
                                    + STATES_OF_THE_LIVING),
                            values)
                    .execute();
        });
    }

    /** What was read from the bucket in the moment between the run's end there and here. */
    private static void removeImported(Handle handle, String engine, String run) {
        handle.createUpdate("delete from run where engine_id = :engine and id <> :run and owner is null")
                .bind("engine", engine)
                .bind("run", run)
                .execute();
    }

    /** Enters a run of another process with what it failed at, unless it is known. */
    boolean enter(RunRecord run, List<ObjectResult> failures) {
        Map<String, Object> values = values(run);
        values.put("owner", Optional.empty());
        String columns = String.join(", ", values.keySet());
        String places = values.keySet().stream().map(name -> ":" + name).collect(Collectors.joining(", "));
        return database.change(handle -> {
            int entered = bound(
                            handle.createUpdate(
                                    "insert into run (" + columns + ") values (" + places + ") on conflict do nothing"),
                            values)
                    .execute();
            if (entered > 0) {
                results.add(handle, run.id(), failures);
            }
            return entered > 0;
        });
    }

    private Map<String, Object> values(RunRecord run) {
        RunTotals totals = run.facts().totals();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", run.id());
        values.put("job", run.job());
        values.put("action", run.action().name());
        values.put("dry_run", run.dryRun());
        values.put("state", run.state().name());
        values.put("kind", run.trigger().kind().name());
        values.put("by_whom", Texts.kept(run.trigger().by(), 255));
        values.put("reason", Texts.kept(run.trigger().reason(), 1_000));
        values.put("overrides", NarrowingJson.of(run.facts().narrowing()));
        values.put("created_at", run.createdAt().toEpochMilli());
        values.put("started_at", run.startedAt().map(Instant::toEpochMilli));
        values.put("ended_at", run.endedAt().map(Instant::toEpochMilli));
        values.put("message", Texts.kept(run.message(), 2_000));
        values.put("report", run.report().map(json -> json.replace("\u0000", "")));
        values.put("owner", database.instance());
        values.put("engine_id", run.facts().engineId());
        values.put("copied", totals.copied());
        values.put("overwritten", totals.overwritten());
        values.put("deleted", totals.deleted());
        values.put("metadata_updated", totals.metadataUpdated());
        values.put("unchanged", totals.unchanged());
        values.put("skipped", totals.skipped());
        values.put("stale", totals.stale());
        values.put("failed", totals.failed());
        values.put("found", totals.found());
        values.put("bytes", totals.bytes());
        values.put("requests", totals.requests());
        values.put("duration_millis", totals.durationMillis());
        values.put("results_lost", Texts.kept(run.facts().resultsLost(), 2_000));
        values.put("plan_digest", run.facts().plan().map(plan -> plan.digest()));
        values.put("plan_changes", run.facts().plan().map(plan -> plan.changes()));
        return values;
    }

    private static Update bound(Update update, Map<String, Object> values) {
        values.forEach(update::bind);
        return update;
    }

    @Override
    public void add(String run, List<ObjectResult> added) {
        database.change(handle -> {
            results.add(handle, run, added);
            return added.size();
        });
    }

    @Override
    public Optional<RunRecord> find(String id) {
        return database.read(handle -> handle.createQuery("select * from run where id = :id or engine_id = :id"
                        + " order by case when id = :id then 0 else 1 end limit 1")
                .bind("id", id)
                .map((row, context) -> RunRow.read(row, Optional.ofNullable(row.getString("report"))))
                .findFirst());
    }

    @Override
    public List<RunRecord> newest(Wanted wanted, Optional<String> before, int most) {
        Map<String, Object> bindings = new LinkedHashMap<>();
        StringBuilder where = new StringBuilder("1 = 1");
        wanted.job().ifPresent(job -> {
            where.append(" and job = :job");
            bindings.put("job", job);
        });
        wanted.state().ifPresent(state -> {
            where.append(" and state = :state");
            bindings.put("state", state.name());
        });
        wanted.action().ifPresent(action -> {
            where.append(" and action = :action");
            bindings.put("action", action.name());
        });
        wanted.since().ifPresent(since -> {
            where.append(" and created_at >= :since");
            bindings.put("since", since.toEpochMilli());
        });
        before.ifPresent(id -> {
            where.append(" and id < :before");
            bindings.put("before", id);
        });
        return database.read(handle -> {
            Query query = handle.createQuery(
                    "select " + RunRow.WITHOUT_REPORT + " from run where " + where + " order by id desc limit :most");
            bindings.forEach(query::bind);
            return query.bind("most", most)
                    .map((row, context) -> RunRow.read(row, Optional.empty()))
                    .list();
        });
    }

    /** {@inheritDoc} One question for all; for each job the index names its newest. */
    @Override
    public Map<String, RunRecord> newestOfEach(List<String> jobs) {
        if (jobs.isEmpty()) {
            return Map.of();
        }
        String places =
                IntStream.range(0, jobs.size()).mapToObj(i -> "(:job" + i + ")").collect(Collectors.joining(", "));
        return database.read(handle -> {
            Query query = handle.createQuery("with wanted (name) as (values " + places + ") select "
                    + RunRow.WITHOUT_REPORT
                    + " from run where id in (select (select max(id) from run where job = name) from wanted)");
            for (int i = 0; i < jobs.size(); i++) {
                query.bind("job" + i, jobs.get(i));
            }
            return query.map((row, context) -> RunRow.read(row, Optional.empty())).stream()
                    .collect(Collectors.toMap(RunRecord::job, run -> run));
        });
    }

    @Override
    public Optional<RunRecord> newestWhole(String job, RunAction action) {
        return database.read(handle -> handle.createQuery("select * from run where job = :job and action = :action"
                        + " and state in ('SUCCEEDED', 'FINDINGS') order by id desc limit 1")
                .bind("job", job)
                .bind("action", action.name())
                .map((row, context) -> RunRow.read(row, Optional.ofNullable(row.getString("report"))))
                .findFirst());
    }

    @Override
    public ResultPage results(String run, ResultQuery query, Optional<String> after, int most) {
        return results.page(run, query, after, most);
    }

    @Override
    public List<Trouble> troubles(String run) {
        return results.troubles(run);
    }

    @Override
    public TreePage findings(String run, byte[] under, Optional<String> kind, Optional<String> after, int most) {
        return tree.page(run, under, kind, after, most);
    }

    /** What is written of a narrowing that can't be read any more is nothing. */
    static dev.replicator.server.run.Narrowing narrowing(String json) {
        try {
            return NarrowingJson.read(json);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return dev.replicator.server.run.Narrowing.NONE;
        }
    }
}
