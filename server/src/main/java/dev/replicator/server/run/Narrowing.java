package dev.replicator.server.run;

import dev.replicator.RunOptions;
import dev.replicator.job.CompareMode;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.KeyPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes less of a job for one run, never more: the stores stay, every path lies within one of the job's, nothing is
 * deleted that the job would not delete. Immutable.
 *
 * <p>What a run of a part does to what runs of the whole keep:
 *
 * <table>
 * <caption>A narrowed run</caption>
 * <tr><th>what</th><th>how it fares</th></tr>
 * <tr><td>baseline</td><td>the run is told to the engine as {@link RunOptions.Reach#PART}: entries outside its paths are
 * taken over as they are, and what stopped runs announced elsewhere is left to a whole run. Under another comparison it
 * notes only what it copied or deleted itself, so the baseline keeps the word of the job's own comparison</td></tr>
 * <tr><td>delete gate, max-objects</td><td>as for the job</td></tr>
 * <tr><td>delete gate, max-percent</td><td>of the objects within the narrowed paths, and judged from the first object
 * on: a whole run judges from 20 objects, which would let a run of one small folder delete all of it, though it were more
 * than the percentage of the job. A part that may delete so many percent of itself may do so of the whole</td></tr>
 * <tr><td>marker and ledger</td><td>are the hook's; no run of the server touches them</td></tr>
 * </table>
 *
 * @param paths prefixes of the source within the job's paths, taken as folders; none: all of the job's paths
 * @param neverDelete a job that mirrors deletes nothing this time
 * @param compare instead of the job's
 */
public record Narrowing(List<String> paths, boolean neverDelete, Optional<CompareMode> compare) {
    public static final Narrowing NONE = new Narrowing(List.of(), false, Optional.empty());

    public Narrowing {
        paths = List.copyOf(paths);
    }

    /** What can't be taken from a job: it isn't part of it. */
    public static final class RefusedException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;
        private final String pointer;

        RefusedException(String pointer, String message) {
            super(message);
            this.pointer = pointer;
        }

        /** Where in the overrides: a JSON pointer such as {@code /paths/0}. */
        public String pointer() {
            return pointer;
        }
    }

    public boolean isNone() {
        return equals(NONE);
    }

    /** What the engine has to know of it. */
    public RunOptions.Reach reach() {
        return paths.isEmpty() && compare.isEmpty() ? RunOptions.Reach.JOB : RunOptions.Reach.PART;
    }

    /**
     * The part of the job.
     *
     * @throws RefusedException when this names what the job does not have
     */
    public ReplicationJob of(ReplicationJob job) {
        ReplicationJob narrowed = paths.isEmpty() ? job : refusing("/paths", () -> job.withPaths(within(job.paths())));
        if (!paths.isEmpty() && job.delete().deletes()) {
            narrowed = narrowed.withDelete(job.delete().judgedFromTheFirst());
        }
        if (neverDelete) {
            narrowed = narrowed.withDelete(DeletePolicy.NEVER);
        }
        if (compare.isPresent()) {
            ReplicationJob scoped = narrowed;
            return refusing("/compare", () -> scoped.withCompare(compare.get()));
        }
        return narrowed;
    }

    private static ReplicationJob refusing(String pointer, java.util.function.Supplier<ReplicationJob> narrowed) {
        try {
            return narrowed.get();
        } catch (RefusedException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new RefusedException(pointer, String.valueOf(e.getMessage()));
        }
    }

    private List<PrefixPair> within(List<PrefixPair> whole) {
        List<PrefixPair> parts = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            List<PrefixPair> found = under(folder(i), whole);
            if (found.isEmpty()) {
                throw new RefusedException("/paths/" + i, "the job has no path that holds this one");
            }
            parts.addAll(found);
        }
        return outermost(parts);
    }

    private KeyPrefix folder(int path) {
        try {
            KeyPrefix folder = KeyPrefix.ofFolder(paths.get(path));
            if (folder.isEmpty()) {
                throw new RefusedException("/paths/" + path, "a path has at least one character");
            }
            return folder;
        } catch (RefusedException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new RefusedException("/paths/" + path, String.valueOf(e.getMessage()));
        }
    }

    /** Pairs that lie under the path as they are, and the part of a pair that the path is. */
    private static List<PrefixPair> under(KeyPrefix path, List<PrefixPair> whole) {
        List<PrefixPair> parts = new ArrayList<>();
        for (PrefixPair pair : whole) {
            if (path.covers(pair.from())) {
                parts.add(pair);
            } else if (pair.from().covers(path)) {
                String rest = path.text().substring(pair.from().text().length());
                parts.add(new PrefixPair(path, pair.to().append(KeyPrefix.of(rest))));
            }
        }
        return parts;
    }

    /** Without those that lie within others: no object is worked on twice. */
    private static List<PrefixPair> outermost(List<PrefixPair> parts) {
        List<PrefixPair> kept = new ArrayList<>();
        for (PrefixPair part : parts) {
            if (kept.stream().noneMatch(other -> holds(other, part))) {
                kept.removeIf(other -> holds(part, other));
                kept.add(part);
            }
        }
        return kept;
    }

    /** Whether the second pair is a part of the first one, or the same. */
    static boolean holds(PrefixPair whole, PrefixPair part) {
        String from = whole.from().text();
        return whole.from().covers(part.from())
                && part.to()
                        .equals(whole.to()
                                .append(KeyPrefix.of(part.from().text().substring(from.length()))));
    }
}
