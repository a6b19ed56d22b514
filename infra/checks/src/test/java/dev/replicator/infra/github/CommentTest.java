package dev.replicator.infra.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.infra.Program;
import dev.replicator.infra.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code comment.sh} and a stand-in for GitHub at this machine. */
@Timeout(60)
class CommentTest {
    private static final String MARK = "<!-- replicator:media -->";

    @TempDir
    Path directory;

    private FakeGitHub github;

    @BeforeEach
    void start() throws IOException {
        github = new FakeGitHub("the-token");
    }

    @AfterEach
    void stop() {
        github.close();
    }

    private Program.Ended comment(String text, String token, String event) throws IOException {
        Program.needed("jq");
        Program.needed("curl");
        return Program.of(
                        directory,
                        "bash",
                        Tree.file("infra/github-action/comment.sh").toString())
                .with(
                        "COMMENT",
                        Files.writeString(directory.resolve("text.md"), text).toString())
                .with(
                        "GITHUB_EVENT_PATH",
                        Files.writeString(directory.resolve("event.json"), event)
                                .toString())
                .with("GITHUB_REPOSITORY", "acme/shop")
                .with("GITHUB_API_URL", github.url())
                .with("GITHUB_TOKEN", token)
                .with("RUNNER_TEMP", directory.toString())
                .run();
    }

    private Program.Ended comment(String text) throws IOException {
        return comment(text, "the-token", "{\"pull_request\":{\"number\":7}}");
    }

    @Test
    void aLaterPlanTakesThePlaceOfTheEarlier() throws IOException {
        for (int i = 0; i < 130; i++) {
            github.commentBy("User", MARK + "\nsomebody quotes it " + i);
        }
        github.commentBy("Bot", "<!-- replicator:other -->\nanother job's");

        Program.Ended first = comment(MARK + "\none \"quoted\" \\ $(x)");
        Program.Ended second = comment(MARK + "\ntwo");

        assertThat(first.exit()).as(first.said()).isZero();
        assertThat(second.exit()).as(second.said()).isZero();
        assertThat(github.comments()).hasSize(132);
        assertThat(github.comments().get(131).body()).isEqualTo(MARK + "\ntwo");
        assertThat(github.comments().get(0).body()).contains("somebody quotes it 0");
    }

    @Test
    void theTextArrivesAsItIs() throws IOException {
        String text = MARK + "\n`a \"b\" \\ $(x) ü`\n";

        comment(text);

        assertThat(github.comments()).extracting(FakeGitHub.Comment::body).containsExactly(text);
    }

    @Test
    void withoutThePermissionItWarns() throws IOException {
        Program.Ended ended = comment(MARK, "a-fork's-token", "{\"pull_request\":{\"number\":7}}");

        assertThat(ended.exit()).isZero();
        assertThat(ended.said()).contains("::warning").doesNotContain("a-fork's-token");
        assertThat(github.comments()).isEmpty();
    }

    @Test
    void whatIsNoPullRequestGetsNone() throws IOException {
        Program.Ended push = comment(MARK, "the-token", "{\"ref\":\"refs/heads/main\"}");
        Program.Ended hostile = comment(MARK, "the-token", "{\"pull_request\":{\"number\":\"7/../8\"}}");

        assertThat(push.exit()).isZero();
        assertThat(hostile.exit()).isZero();
        assertThat(github.comments()).isEmpty();
    }
}
