package dev.replicator.baseline;

import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What runs were about to do that left no baseline behind it, as their {@link IntentLog}s say. One object of each sequence
 * is in memory; of very many only the latest are read, and any key may have been meant by those before. Used by one thread,
 * but for {@link #leaveOpen}.
 */
final class StoppedRuns {
    /** Two or so are a run's. */
    static final int MOST_SEQUENCES = 32;

    private final BaselineArea area;
    private final BaselineSubject subject;
    private final Consumer<String> warnings;
    private final List<String> names;
    private final Set<String> unread = new HashSet<>();
    private volatile boolean open;
    private boolean told;

    StoppedRuns(BaselineArea area, BaselineSubject subject, Consumer<String> warnings) {
        this.area = area;
        this.subject = subject;
        this.warnings = warnings;
        names = area.names().stream().filter(BaselineArea::isIntent).sorted().toList();
    }

    /** Whether there are any that a run has to settle. */
    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Names of the objects that this is about, but for what could not be read now, and none while a question is open. */
    List<String> settled() {
        return open
                ? List.of()
                : names.stream().filter(name -> !unread.contains(name)).toList();
    }

    /** Whose an object is could not be told: whoever comes next is to ask again. May be called by any thread. */
    void leaveOpen() {
        open = true;
    }

    /** A walk through the intents of one place. */
    Walk walk(BaselineSubject.Place place) {
        TreeMap<String, List<String>> bySequence = new TreeMap<>();
        for (String name : names) {
            if (speaksOf(name, place.pair())) {
                bySequence
                        .computeIfAbsent(sequence(name), any -> new ArrayList<>())
                        .add(name);
            }
        }
        List<Sequence> sequences = new ArrayList<>();
        Optional<Intent> unread = Optional.empty();
        for (List<String> parts : latestFirst(bySequence)) {
            if (sequences.size() < MOST_SEQUENCES) {
                sequences.add(new Sequence(parts, place));
            } else {
                unread = Optional.of(anything(parts.get(0)));
            }
        }
        if (unread.isPresent() && !told) {
            told = true;
            warnings.accept(
                    "stopped runs left more than can be read of what they were about to do, so what the earliest did"
                            + " may be taken for others' work; a run of the whole job that ends settles that");
        }
        return new Walk(sequences, unread);
    }

    /** By the store's time of their first objects: run ids are by the clocks of the machines that ran. */
    private List<List<String>> latestFirst(TreeMap<String, List<String>> bySequence) {
        return bySequence.descendingMap().values().stream()
                .sorted(Comparator.comparing(
                        parts -> area.seenAt(parts.get(0)).orElse(Instant.EPOCH), Comparator.reverseOrder()))
                .toList();
    }

    /** Stands for what is not read: something that no object is the result of. */
    private Intent anything(String name) {
        return new Intent(
                "",
                area.seenAt(name).orElse(Instant.EPOCH),
                ObjectKey.of(name),
                Optional.of(ObjectState.NEVER),
                List.of(),
                Optional.empty(),
                Intent.Metadata.SOURCES);
    }

    /** {@code run/intent-SSSS}. */
    private static String sequence(String name) {
        int start = name.indexOf(IntentLog.WORD) + IntentLog.WORD.length();
        int end = name.indexOf('-', start);
        return end < 0 ? name : name.substring(0, end);
    }

    private static boolean speaksOf(String name, int pair) {
        String[] numbers = name.substring(name.indexOf(IntentLog.WORD) + IntentLog.WORD.length())
                .split("-", -1);
        try {
            return numbers.length == 4 && Integer.parseInt(numbers[2]) <= pair && pair <= Integer.parseInt(numbers[3]);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The intents of one place, by ascending keys. */
    static final class Walk {
        private final List<Sequence> sequences;
        private final Optional<Intent> unread;

        private Walk(List<Sequence> sequences, Optional<Intent> unread) {
            this.sequences = sequences;
            this.unread = unread;
        }

        /** Those of the key in {@code keys}, the latest run's first; keys are to be asked for in ascending order. */
        List<Intent> of(byte[] keys, int from, int to) {
            if (sequences.isEmpty()) {
                return List.of();
            }
            List<Intent> found = new ArrayList<>();
            for (Sequence sequence : sequences) {
                sequence.find(keys, from, to).ifPresent(found::add);
            }
            unread.ifPresent(found::add);
            return found;
        }
    }

    private final class Sequence {
        private final List<String> parts;
        private final BaselineSubject.Place place;
        private final KeyPrefix inner;
        private List<Intent> rows = List.of();
        private int part;
        private int row;

        private Sequence(List<String> parts, BaselineSubject.Place place) {
            this.parts = parts;
            this.place = place;
            inner = KeyPrefix.of(place.inner());
        }

        private Optional<Intent> find(byte[] keys, int from, int to) {
            while (true) {
                for (; row < rows.size(); row++) {
                    int order = rows.get(row).key().compareTo(keys, from, to);
                    if (order >= 0) {
                        return order == 0 ? Optional.of(rows.get(row)) : Optional.empty();
                    }
                }
                if (part == parts.size()) {
                    return Optional.empty();
                }
                rows = read(parts.get(part++));
                row = 0;
            }
        }

        private List<Intent> read(String name) {
            String runId = name.substring(0, name.indexOf('/'));
            try {
                List<Intent> inside = new ArrayList<>();
                for (IntentCodec.Row found : IntentCodec.rows(runId, area.written(name), subject, area.content(name))) {
                    if (found.at().pair() == place.pair() && isInside(found.at().key())) {
                        inside.add(found.intent().of(found.at().key().relativeTo(inner)));
                    }
                }
                return inside;
            } catch (StoreException e) {
                unread.add(name);
                return nothing(e);
            } catch (IOException | UnusableBaselineException e) {
                return nothing(e);
            }
        }

        private List<Intent> nothing(Exception why) {
            warnings.accept("what a stopped run was about to do can't be read, so what it did may be taken for"
                    + " others' work: " + why.getMessage());
            return List.of();
        }

        private boolean isInside(ObjectKey key) {
            return key.startsWith(inner) && key.length() > inner.length();
        }
    }
}
