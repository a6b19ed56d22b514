package dev.replicator.server.run;

import java.util.List;
import java.util.Optional;

/**
 * Remembers runs. Thread-safe. What can't be written or read is a {@link RunLogException}; a run itself never fails for
 * it.
 */
public interface RunLog {
    /** Enters a new run, or the new state of one that is known. */
    void keep(RunRecord run);

    /** Adds what became of objects of a run. */
    void add(String run, List<ObjectResult> results);

    Optional<RunRecord> find(String id);

    /** The newest runs, newest first; of one job, or of all; older than the one named, where one is. */
    List<RunRecord> newest(Optional<String> job, Optional<String> before, int most);

    /** Objects of a run in the order in which they ended, those after that number; of one outcome, or of all. */
    List<ObjectResult> results(String run, Optional<String> outcome, long after, int most);

    /** What a dead server left as under way becomes {@link RunState#INTERRUPTED}; gives how many. */
    int interrupt();
}
