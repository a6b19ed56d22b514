package dev.replicator.server.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A history in which something happens before a run's record is written. */
record WatchedRunLog(RunLog log, Consumer<RunRecord> before) implements RunLog {
    @Override
    public void keep(RunRecord run) {
        before.accept(run);
        log.keep(run);
    }

    @Override
    public void add(String run, List<ObjectResult> results) {
        log.add(run, results);
    }

    @Override
    public Optional<RunRecord> find(String id) {
        return log.find(id);
    }

    @Override
    public List<RunRecord> newest(Wanted wanted, Optional<String> older, int most) {
        return log.newest(wanted, older, most);
    }

    @Override
    public Map<String, RunRecord> newestOfEach(List<String> jobs) {
        return log.newestOfEach(jobs);
    }

    @Override
    public Optional<RunRecord> newestWhole(String job, RunAction action) {
        return log.newestWhole(job, action);
    }

    @Override
    public ResultPage results(String run, ResultQuery query, Optional<String> after, int most) {
        return log.results(run, query, after, most);
    }

    @Override
    public List<Trouble> troubles(String run) {
        return log.troubles(run);
    }

    @Override
    public TreePage findings(String run, byte[] under, Optional<String> kind, Optional<String> after, int most) {
        return log.findings(run, under, kind, after, most);
    }
}
