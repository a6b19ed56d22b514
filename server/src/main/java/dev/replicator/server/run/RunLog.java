package dev.replicator.server.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    /** By its own id, else by the engine's, which those have that other processes ran. */
    Optional<RunRecord> find(String id);

    /**
     * The newest runs, newest first, without their reports. A run that is entered while somebody pages has either been
     * passed, being newer than the page he is at, or is still to come: none that was there is left out or told twice.
     *
     * @param before only those older than this one
     */
    List<RunRecord> newest(Wanted wanted, Optional<String> before, int most);

    /** The newest runs of one job, or of all. */
    default List<RunRecord> newest(Optional<String> job, Optional<String> before, int most) {
        return newest(new Wanted(job, Optional.empty(), Optional.empty(), Optional.empty()), before, most);
    }

    /** The newest run of each of these jobs, by the job's name, without its report; a job that never ran is left out. */
    Map<String, RunRecord> newestOfEach(List<String> jobs);

    /** The newest run of the job with that action that went to its end: it succeeded, or found something. */
    Optional<RunRecord> newestWhole(String job, RunAction action);

    /**
     * Objects of a run: in the order in which they ended, or of some of them by outcome, cause and key.
     *
     * @param after the cursor of the page before
     */
    ResultPage results(String run, ResultQuery query, Optional<String> after, int most);

    /** What stands in a run's way, grouped: causes of failures, reasons of skips, what was stale. */
    List<Trouble> troubles(String run);

    /**
     * What a run found, as a tree.
     *
     * @param under only keys that begin so
     * @param kind only findings of this kind
     * @param after the cursor of the page before
     */
    TreePage findings(String run, byte[] under, Optional<String> kind, Optional<String> after, int most);

    /**
     * Which runs.
     *
     * @param since created then or later
     */
    record Wanted(Optional<String> job, Optional<RunState> state, Optional<RunAction> action, Optional<Instant> since) {
        public static final Wanted ALL =
                new Wanted(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Which objects.
     *
     * @param prefix of keys; may be empty
     */
    record ResultQuery(Optional<String> outcome, Optional<String> cause, byte[] prefix) {
        public static final ResultQuery ALL = new ResultQuery(Optional.empty(), Optional.empty(), new byte[0]);

        public boolean isAll() {
            return outcome.isEmpty() && cause.isEmpty() && prefix.length == 0;
        }
    }

    /** @param next where the next page begins; absent behind the last */
    record ResultPage(List<ObjectResult> items, Optional<String> next) {
        public ResultPage {
            items = List.copyOf(items);
        }
    }

    /**
     * Objects that share an outcome and a cause.
     *
     * @param examples the first few of them
     */
    record Trouble(String outcome, String cause, long count, List<ObjectResult> examples) {
        public Trouble {
            examples = List.copyOf(examples);
        }
    }

    /** @param next where the next page begins; absent behind the last */
    record TreePage(List<TreeNode> nodes, Optional<String> next) {
        public TreePage {
            nodes = List.copyOf(nodes);
        }
    }
}
