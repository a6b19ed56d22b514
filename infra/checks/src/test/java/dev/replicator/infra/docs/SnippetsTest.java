package dev.replicator.infra.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.infra.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents show of infra/ is what is there. */
class SnippetsTest {
    private static final Path ROOT = Tree.root();

    static Stream<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"));
                Stream<Path> infra = Files.find(
                        ROOT.resolve("infra"),
                        4,
                        (file, attributes) ->
                                file.endsWith("README.md") && !file.toString().contains("node_modules"))) {
            Stream.concat(docs.filter(file -> file.toString().endsWith(".md")), infra)
                    .forEach(documents::add);
        }
        return documents.stream().sorted();
    }

    static Stream<Snippet> snippets() throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        for (Path document : documents().toList()) {
            snippets.addAll(Snippet.of(document, Files.readString(document)));
        }
        return snippets.stream();
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void aSnippetIsTheFile(Snippet snippet) throws IOException {
        assertThat(snippet.isOf(Files.readString(ROOT.resolve(snippet.file()))))
                .as("the block of %s is in the file, word for word:%n%s", snippet, snippet.block())
                .isTrue();
    }

    @Test
    void theGuideShowsEveryWay() throws IOException {
        assertThat(snippets()
                        .filter(snippet -> snippet.document().endsWith("kubernetes.md"))
                        .map(Snippet::file))
                .contains(
                        "infra/helm/examples/hook.yaml",
                        "infra/helm/examples/cron.yaml",
                        "infra/helm/examples/server.yaml",
                        "infra/helm/examples/server-replicas.yaml",
                        "infra/k8s/init-container.yaml",
                        "infra/k8s/job.yaml",
                        "infra/k8s/embedded.yaml",
                        "infra/systemd/replicator.service",
                        "infra/systemd/replicator-sync@.timer");
    }

    @Test
    void theFirstPageShowsTheWaysIntoProduction() throws IOException {
        assertThat(snippets()
                        .filter(snippet -> snippet.document().equals(ROOT.resolve("README.md")))
                        .map(Snippet::file))
                .contains(
                        "infra/helm/examples/hook.yaml",
                        "infra/terraform/examples/aws/main.tf",
                        "infra/github-action/workflow.yml");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void noMarkIsWithoutItsBlock(Path document) throws IOException {
        String text = Files.readString(document);

        assertThat(Snippet.of(document, text)).hasSize((int) Snippet.marks(text));
    }

    @Test
    void aLineThatDiffersIsSeenAndPartsMayBeShown() {
        String file = "a:\n  b: 1\n  c:\n    d: 2\n";

        assertThat(new Snippet(ROOT, "f", "b: 1\nc:\n  d: 2").isOf(file)).isTrue();
        assertThat(new Snippet(ROOT, "f", "b: 1\nc:\n  d: 3").isOf(file)).isFalse();
        assertThat(new Snippet(ROOT, "f", "b: 1\nd: 2").isOf(file)).isFalse();
    }
}
