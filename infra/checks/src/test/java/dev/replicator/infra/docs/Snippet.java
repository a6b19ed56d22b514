package dev.replicator.infra.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A fenced block that is a file of this project, or some lines of one, as the comment before it says:
 * {@code <!-- infra/k8s/job.yaml -->}.
 */
record Snippet(Path document, String file, String block) {
    private static final Pattern MARKED =
            Pattern.compile("<!-- ((?:infra|\\.github)/\\S+) -->\n\n?```\\w*\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern MARK = Pattern.compile("<!-- (?:infra|\\.github)/\\S+ -->");

    static List<Snippet> of(Path document, String text) {
        return MARKED.matcher(text)
                .results()
                .map(found -> new Snippet(document, found.group(1), found.group(2)))
                .toList();
    }

    /** Marks, whether a block follows or not. */
    static long marks(String text) {
        return MARK.matcher(text).results().count();
    }

    /** Whether its lines are lines of that text, one after the other; all may stand further in there. */
    boolean isOf(String text) {
        List<String> lines = block.lines().toList();
        List<String> all = text.lines().toList();
        for (int i = 0; i + lines.size() <= all.size(); i++) {
            if (matches(lines, all.subList(i, i + lines.size()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(List<String> lines, List<String> part) {
        int indent = indent(part.get(0)) - indent(lines.get(0));
        if (indent < 0) {
            return false;
        }
        for (int i = 0; i < lines.size(); i++) {
            String expected = lines.get(i).isEmpty() ? "" : " ".repeat(indent) + lines.get(i);
            if (!part.get(i).equals(expected)) {
                return false;
            }
        }
        return true;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    @Override
    public String toString() {
        return document.getFileName() + ": " + file;
    }
}
