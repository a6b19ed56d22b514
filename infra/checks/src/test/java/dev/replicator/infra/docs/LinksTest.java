package dev.replicator.infra.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.infra.Anchors;
import dev.replicator.infra.Tree;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinksTest {
    @Test
    void everyLinkIntoTheTreeLeadsSomewhere() {
        List<Path> pages = Tree.files(Tree.root(), ".md");

        assertThat(pages).hasSizeGreaterThan(40);
        assertThat(pages.stream().flatMap(page -> new Links(page, Tree.text(page)).faults()))
                .isEmpty();
    }

    @Test
    void aMissingFileAndAMissingHeadingAreFound() {
        String text = """
            # Here
            [good](#here) [also](README.md#quick-start) [elsewhere](https://example.org/x.md#y) `[no](link)`
            [gone](docs/gone.md) [changed](#there) [both](README.md#no-such-heading)
            ```sh
            [not](a-link)
            ```
            """;

        assertThat(new Links(Tree.file("PAGE.md"), text).faults())
                .satisfiesExactly(
                        one -> assertThat(one).endsWith("docs/gone.md is not there"),
                        two -> assertThat(two).endsWith("#there has no such heading"),
                        three -> assertThat(three).endsWith("README.md#no-such-heading has no such heading"));
    }

    @Test
    void anchorsAreThoseOfTheUsualHosts() {
        assertThat(Anchors.of("""
            # A `code`, and [a link](x.md)!
            ## Exit codes 130 and 143: stopped
            ## Twice
            ## Twice
            ```
            # no heading
            ```
            """))
                .containsExactly("a-code-and-a-link", "exit-codes-130-and-143-stopped", "twice", "twice-1");
    }
}
