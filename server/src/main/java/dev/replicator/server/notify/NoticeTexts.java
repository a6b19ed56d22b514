package dev.replicator.server.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.config.NotificationSettings.Event;
import dev.replicator.report.Remedies;
import dev.replicator.server.notify.send.Message;
import dev.replicator.server.run.RunRecord;
import dev.replicator.store.Displays;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is told, in words. Nothing that keys, names and reasons hold is mark-up, a header or a line of its own. */
final class NoticeTexts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 300;
    private static final Map<String, String> SENTENCES = Map.of(
            "SUCCEEDED", "the sync succeeded",
            "FAILED", "the run failed",
            "PARTIAL", "the run was not complete",
            "GUARD", "a guard refused the run",
            "DRIFT", "source and destination are not what they should be",
            "RECOVERED", "all is well again",
            "APPROVAL_REQUESTED", "a plan waits for approval",
            "SILENT", "nothing succeeded for too long",
            "TEST", "this is a test");

    private final Optional<URI> dashboard;

    /** @param dashboard where people reach it, with a slash at its end; without one there are no links */
    NoticeTexts(Optional<URI> dashboard) {
        this.dashboard = dashboard;
    }

    Message message(Notice notice) {
        RunFacts facts = notice.run().map(RunFacts::of).orElse(new RunFacts(Map.of(), 0, List.of(), false));
        String subject = subject(notice);
        List<String> lines = new ArrayList<>();
        if (!notice.detail().isBlank()) {
            lines.add(plain(notice.detail()));
        }
        notice.run().ifPresent(run -> lines.addAll(about(run, facts)));
        List<String> causes = facts.causes().stream().map(NoticeTexts::sentence).toList();
        Optional<String> link = link(notice);

        StringBuilder text = new StringBuilder(subject).append("\n\n");
        lines.forEach(line -> text.append(line).append('\n'));
        causes.forEach(cause -> text.append("  - ").append(cause).append('\n'));
        link.ifPresent(url -> text.append('\n').append(url).append('\n'));

        StringBuilder slack = new StringBuilder("*").append(slack(subject)).append("*\n");
        lines.forEach(line -> slack.append(slack(line)).append('\n'));
        causes.forEach(cause -> slack.append("• ").append(slack(cause)).append('\n'));
        link.ifPresent(url ->
                slack.append('<').append(url).append(isOfPlan(notice) ? "|Open the plan>\n" : "|Open the run>\n"));
        return new Message(notice.id(), subject, text.toString(), slack.toString(), json(notice, subject, facts));
    }

    private static String subject(Notice notice) {
        String job = notice.job().isEmpty() ? "Replicator" : plain(notice.job());
        return job + ": " + SENTENCES.getOrDefault(notice.event(), plain(notice.event()));
    }

    private static List<String> about(RunRecord run, RunFacts facts) {
        List<String> lines = new ArrayList<>();
        String dry = run.dryRun() ? " (dry run)" : "";
        lines.add("Outcome: " + run.state() + " of " + run.action().name().toLowerCase(Locale.ROOT) + dry
                + duration(run).map(time -> " after " + time).orElse(""));
        if (!facts.counts().isEmpty()) {
            lines.add("Objects: "
                    + facts.counts().entrySet().stream()
                            .map(count -> String.format(Locale.ROOT, "%,d %s", count.getValue(), count.getKey()))
                            .collect(Collectors.joining(", ")));
        }
        if (facts.bytes() > 0) {
            lines.add("Bytes: " + bytes(facts.bytes()));
        }
        lines.add("Started by: " + plain(run.trigger().by())
                + (run.trigger().reason().isBlank()
                        ? ""
                        : ", because: " + plain(run.trigger().reason())));
        lines.add("Run: " + run.id());
        return lines;
    }

    private static String sentence(RunFacts.Cause cause) {
        return cause.cause() + " (" + cause.count() + "): "
                + cause.objects().stream().map(NoticeTexts::plain).collect(Collectors.joining(", "))
                + (cause.count() > cause.objects().size() ? ", …" : "") + ". " + Remedies.of("FAILED", cause.cause());
    }

    private Optional<String> link(Notice notice) {
        String screen = isOfPlan(notice) ? "#/plans/" : "#/runs/";
        return dashboard.flatMap(uri ->
                notice.run().map(run -> uri.resolve(screen + run.id()).toString()));
    }

    private static boolean isOfPlan(Notice notice) {
        return notice.event().equals(Event.APPROVAL_REQUESTED.name());
    }

    private String json(Notice notice, String subject, RunFacts facts) {
        ObjectNode json = JSON.createObjectNode()
                .put("id", notice.id())
                .put("event", notice.event())
                .put("job", notice.job())
                .put("at", notice.at().toString())
                .put("summary", subject)
                .put("detail", notice.detail());
        notice.run().ifPresent(run -> {
            ObjectNode about = json.putObject("run")
                    .put("id", run.id())
                    .put("action", run.action().name().toLowerCase(Locale.ROOT))
                    .put("dryRun", run.dryRun())
                    .put("state", run.state().name())
                    .put("startedAt", run.startedAt().map(Instant::toString).orElse(null))
                    .put("endedAt", run.endedAt().map(Instant::toString).orElse(null))
                    .put("bytes", facts.bytes());
            about.putObject("trigger")
                    .put("kind", run.trigger().kind().name())
                    .put("by", run.trigger().by())
                    .put("reason", run.trigger().reason());
            ObjectNode counts = about.putObject("counts");
            facts.counts().forEach(counts::put);
            ArrayNode causes = about.putArray("causes");
            facts.causes().forEach(cause -> {
                ObjectNode one = causes.addObject()
                        .put("cause", cause.cause())
                        .put("title", Remedies.title("FAILED", cause.cause()))
                        .put("count", cause.count())
                        .put("remedy", Remedies.of("FAILED", cause.cause()));
                cause.objects().forEach(one.putArray("objects")::add);
            });
            about.put("failuresTruncated", facts.moreFailures());
        });
        json.put("link", link(notice).orElse(null));
        return json.toString();
    }

    private static Optional<String> duration(RunRecord run) {
        return run.startedAt()
                .flatMap(start -> run.endedAt().map(end -> {
                    Duration time = Duration.between(start, end);
                    return time.toMinutes() > 0
                            ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                            : time.toSeconds() + " s";
                }));
    }

    private static String bytes(long bytes) {
        if (bytes < 1_024) {
            return bytes + " B";
        }
        int step = Math.min(6, (63 - Long.numberOfLeadingZeros(bytes)) / 10);
        return String.format(Locale.ROOT, "%.1f %ciB", bytes / Math.pow(1_024, step), " KMGTPE".charAt(step));
    }

    /** On one line, without what steers a terminal or a reader's eye. */
    private static String plain(String text) {
        String shown = Displays.escaped(text);
        if (shown.length() <= LONGEST) {
            return shown;
        }
        int end = Character.isHighSurrogate(shown.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return shown.substring(0, end) + "…";
    }

    /** Slack knows three characters that begin mark-up with a meaning; those of bold and the like get a blank that takes no room. */
    private static String slack(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("([*_~`])", "\u200B$1\u200B");
    }
}
