package dev.replicator.config.binding;

import dev.replicator.config.yaml.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a file. Not thread-safe. */
public final class Problems {
    private static final int MOST = 100;

    /** What to do about an invalid value that could as well be left out. */
    public enum Tolerance {
        /** It is a problem like any other. */
        STRICT,
        /** It gives way to its default with a warning. */
        FORGIVING
    }

    private record Line(Position at, String message) {}

    private final String file;
    private final Tolerance tolerance;
    private final List<Line> problems = new ArrayList<>();
    private final List<Line> warnings = new ArrayList<>();

    /** For a file, by the name that messages begin with. */
    public Problems(String file, Tolerance tolerance) {
        this.file = file;
        this.tolerance = tolerance;
    }

    public void add(Position at, String message) {
        problems.add(new Line(at, message));
    }

    public void warn(Position at, String message) {
        warnings.add(new Line(at, message));
    }

    void addForgivable(Position at, String message) {
        if (tolerance == Tolerance.FORGIVING) {
            warn(at, message + "; its default is used");
        } else {
            add(at, message);
        }
    }

    public boolean any() {
        return !problems.isEmpty();
    }

    /** {@code file:line:column: message}, in the file's order; after the first hundred only their number. */
    public List<String> lines() {
        List<String> all = formatted(problems);
        if (all.size() <= MOST) {
            return all;
        }
        List<String> lines = new ArrayList<>(all.subList(0, MOST));
        lines.add(file + ": and " + (all.size() - MOST) + " more problems");
        return lines;
    }

    public List<String> warnings() {
        return formatted(warnings);
    }

    private List<String> formatted(List<Line> lines) {
        return lines.stream()
                .sorted(Comparator.<Line>comparingInt(line -> line.at().line())
                        .thenComparingInt(line -> line.at().column()))
                .map(line -> file + where(line.at()) + ": " + line.message())
                .distinct()
                .toList();
    }

    private static String where(Position at) {
        return at.equals(Position.NOWHERE) ? "" : ":" + at.line() + ":" + at.column();
    }
}
