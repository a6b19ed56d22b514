package dev.replicator.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.config.NotificationSettings.Event;
import dev.replicator.report.Remedies;
import dev.replicator.server.notify.send.Message;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunState;
import dev.replicator.server.run.Trigger;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoticeTextsTest {
    private static final String REPORT = """
        {"copied":1204,"failed":3,"unchanged":0,"bytes":5368709120,"failuresTruncated":true,"failures":[
         {"key":"a/<!channel>*bold*.png","cause":"PERMISSION","message":"403"},
         {"key":"b\\r\\nBcc: thief","cause":"PERMISSION","message":"403"},
         {"key":"c\\u202egnp.exe","cause":"THROTTLED","message":"503"}]}
        """;

    private final NoticeTexts texts = new NoticeTexts(Optional.of(URI.create("https://replicator.example/ops/")));
    private final Message message = texts.message(
            Notice.of(SomeRuns.run("run-7", RunAction.SYNC, RunState.PARTIAL, Instant.EPOCH, REPORT), Event.PARTIAL));

    @Test
    void saysWhatHappenedHowMuchAndWhatToDo() {
        assertThat(message.subject()).isEqualTo("media: the run was not complete");
        assertThat(message.text())
                .contains("Outcome: PARTIAL of sync after 1 min 15 s")
                .contains("Objects: 1,204 copied, 3 failed")
                .contains("Bytes: 5.0 GiB")
                .contains("Started by: sync every PT15M")
                .contains("PERMISSION (2): a/<!channel>*bold*.png, ")
                .contains(Remedies.of("FAILED", "PERMISSION"))
                .contains("https://replicator.example/ops/#/runs/run-7");
    }

    @Test
    void keysAreNoMarkUpOfSlack() {
        assertThat(message.slack())
                .doesNotContain("<!channel>")
                .contains("&lt;!channel&gt;")
                .doesNotContain("*bold*")
                .contains("<https://replicator.example/ops/#/runs/run-7|Open the run>");
    }

    @Test
    void keysAreNoLinesOfTheirOwnAndTurnNoDirection() {
        assertThat(message.text()).doesNotContain("\r").doesNotContain("\nBcc").doesNotContain("\u202e");
        assertThat(message.slack()).doesNotContain("\nBcc").doesNotContain("\u202e");
    }

    @Test
    void programsGetTheFacts() throws Exception {
        JsonNode json = new ObjectMapper().readTree(message.json());

        assertThat(json.path("id").asText()).isEqualTo("run-7-PARTIAL");
        assertThat(json.path("event").asText()).isEqualTo("PARTIAL");
        assertThat(json.path("run").path("counts").path("copied").asLong()).isEqualTo(1204);
        assertThat(json.path("run").path("causes").get(0).path("remedy").asText())
                .isEqualTo(Remedies.of("FAILED", "PERMISSION"));
        assertThat(json.path("run").path("failuresTruncated").asBoolean()).isTrue();
    }

    @Test
    void whatWasOnlySkippedIsToldWithItsCauseToo() throws Exception {
        Message told = texts.message(
                Notice.of(SomeRuns.run("run-9", RunAction.SYNC, RunState.PARTIAL, Instant.EPOCH, """
                        {"skipped":9,"failures":[],"skips":[
                         {"cause":"UNSAFE_KEY","count":4,"examples":["img/a","img/b","img/c","img/d"]},
                         {"cause":"SYMLINK","count":5,"examples":["link"]}]}
                        """), Event.PARTIAL));

        assertThat(told.text())
                .contains("UNSAFE_KEY (4): img/a, img/b, img/c, …. " + Remedies.of("SKIPPED", "UNSAFE_KEY"))
                .doesNotContain("SYMLINK");
        assertThat(told.slack()).contains(Remedies.of("SKIPPED", "UNSAFE_KEY"));
        JsonNode cause = new ObjectMapper()
                .readTree(told.json())
                .path("run")
                .path("causes")
                .get(0);
        assertThat(cause.path("count").asLong()).isEqualTo(4);
        assertThat(cause.path("title").asText()).isEqualTo(Remedies.title("SKIPPED", "UNSAFE_KEY"));
        assertThat(cause.path("objects")).hasSize(3);
    }

    @Test
    void whoIsAskedForApprovalIsLedToThePlan() {
        Message asked = texts.message(Notice.of(
                SomeRuns.run("run-5", RunAction.PLAN, RunState.SUCCEEDED, Instant.EPOCH, "{}"),
                Event.APPROVAL_REQUESTED));

        assertThat(asked.text()).contains("https://replicator.example/ops/#/plans/run-5\n");
        assertThat(asked.slack()).contains("<https://replicator.example/ops/#/plans/run-5|Open the plan>");
        assertThat(asked.json()).contains("\"link\":\"https://replicator.example/ops/#/plans/run-5\"");
    }

    @Test
    void aHostileReasonStaysOneLine() {
        RunRecord run = SomeRuns.run("run-8", RunAction.SYNC, RunState.FAILED, Instant.EPOCH, "");
        RunRecord reasoned = new RunRecord(
                run.id(),
                run.job(),
                run.action(),
                run.dryRun(),
                run.state(),
                new Trigger(Trigger.Kind.API, "ci", "because\r\n<!here> `x`"),
                run.createdAt(),
                run.startedAt(),
                run.endedAt(),
                run.message(),
                run.report());

        Message told = texts.message(Notice.of(reasoned, Event.FAILED));

        assertThat(told.text()).doesNotContain("because\r").contains("because\\u000D\\u000A<!here>");
        assertThat(told.slack()).doesNotContain("<!here>").doesNotContain("`x`");
    }

    @Test
    void withoutADashboardThereIsNoLink() {
        Message unlinked = new NoticeTexts(Optional.empty())
                .message(
                        Notice.of(SomeRuns.run("r", RunAction.SYNC, RunState.FAILED, Instant.EPOCH, ""), Event.FAILED));

        assertThat(unlinked.text()).doesNotContain("http").contains("the bucket is not there");
        assertThat(unlinked.slack()).doesNotContain("http");
    }
}
