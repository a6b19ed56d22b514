package dev.replicator.server.notify;

import dev.replicator.config.NotificationSettings.Event;
import dev.replicator.server.run.RunRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something to tell. Immutable.
 *
 * @param id the same however often it is tried
 * @param event as the settings call it, or {@code TEST}
 * @param run that it is about, if one is
 * @param detail for people; may be empty
 */
record Notice(String id, String event, String job, Instant at, Optional<RunRecord> run, String detail) {
    static Notice of(RunRecord run, Event event) {
        return new Notice(
                run.id() + "-" + event.name(),
                event.name(),
                run.job(),
                run.endedAt().orElse(run.createdAt()),
                Optional.of(run),
                run.message());
    }

    static Notice silent(String job, Instant since, Instant now) {
        return new Notice(
                "silent-" + UUID.nameUUIDFromBytes((since.toEpochMilli() + job).getBytes(StandardCharsets.UTF_8)),
                Event.SILENT.name(),
                job,
                now,
                Optional.empty(),
                "no run ended well since " + since.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    }

    static Notice test(String id, Instant now) {
        return new Notice(id, "TEST", "", now, Optional.empty(), "somebody tries whether notifications arrive");
    }
}
