package dev.replicator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.server.http.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogue of problems, its page in the docs, and the code that answers with problems. */
class ProblemCatalogueTest {
    private static final Pattern ROW = Pattern.compile("\\| (\\d{3}) \\| `([a-z-]+)` \\| ([^|]+) \\| [^|]+ \\|");
    private static final Pattern BY_HAND = Pattern.compile("new\\s+Problem\\(\\s*(\\d+)\\s*,\\s*\"([a-z-]+)\"");

    @Test
    void theDocsListEveryProblemAsItIs() throws IOException {
        List<String> documented = Files.readAllLines(Path.of("..", "docs", "api-problems.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
                .toList();

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemCode.values())
                        .map(code -> code.status() + " " + code.code() + " " + code.title())
                        .toList());
    }

    @Test
    void noCodeIsAnsweredThatTheCatalogueDoesNotKnow() throws IOException {
        Set<String> known = Arrays.stream(ProblemCode.values())
                .map(code -> code.status() + " " + code.code())
                .collect(Collectors.toSet());
        Set<String> byHand = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher matcher = BY_HAND.matcher(Files.readString(file));
                while (matcher.find()) {
                    byHand.add(matcher.group(1) + " " + matcher.group(2));
                }
            }
        }

        assertThat(known).containsAll(byHand).hasSameSizeAs(ProblemCode.values());
    }
}
