package dev.replicator.config;

import static dev.replicator.config.binding.Slot.emptiable;
import static dev.replicator.config.binding.Slot.value;

import dev.replicator.config.binding.Kinds;
import dev.replicator.config.binding.Shape;
import dev.replicator.config.binding.Slot.Emptiable;
import dev.replicator.config.binding.Slot.Repeated;
import dev.replicator.config.binding.Slot.Value;
import dev.replicator.config.text.CronShape;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;

/** The keys of a job's schedules. */
final class ScheduleKeys {
    private static final Duration SECOND = Duration.ofSeconds(1);

    static final Emptiable<String> CRON = emptiable(
            "cron",
            Kinds.checked(CronShape::checked),
            "Times of a calendar: minute, hour, day of the month, month, day of the week.");
    static final Value<ZoneId> ZONE = value(
            "zone", Kinds.checked(ScheduleKeys::zone), "UTC", "Whose clock cron is about, such as Europe/Vienna.");
    static final Emptiable<Duration> EVERY =
            emptiable("every", Kinds.duration(SECOND), "An interval, counted from the start of the run before.");
    static final Value<ScheduleSettings.Action> ACTION =
            value("action", Kinds.word(ScheduleSettings.Action.class), "sync", "What is run.");
    static final Value<Duration> JITTER =
            value("jitter", Kinds.duration(Duration.ZERO), "0", "A run starts at a random moment up to so much later.");
    static final Value<ScheduleSettings.CatchUp> CATCH_UP = value(
            "catch-up",
            Kinds.word(ScheduleSettings.CatchUp.class),
            "one",
            "What becomes of times that passed while no server ran: none of them, or one run for all.");

    static final Repeated SCHEDULES = new Repeated(
            "schedules",
            Shape.of(CRON, ZONE, EVERY, ACTION, JITTER, CATCH_UP),
            "When replicator serve runs the job by itself.");

    private ScheduleKeys() {}

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is no time zone, such as UTC or Europe/Vienna", e);
        }
    }
}
