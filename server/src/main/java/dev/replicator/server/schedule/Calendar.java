package dev.replicator.server.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * Local times in a zone whose clocks are set forward and back.
 *
 * <table>
 * <caption>What becomes of a time when clocks are changed</caption>
 * <tr><th></th><th>that does not exist</th><th>that exists twice</th></tr>
 * <tr><td>every hour has its times</td><td>left out: the next hour is there at once</td><td>both</td></tr>
 * <tr><td>else</td><td>once, when the clocks are set forward</td><td>once, the first one</td></tr>
 * </table>
 */
record Calendar(LocalTimes times, ZoneId zone) implements Timetable {
    @Override
    public Optional<Instant> next(Instant after) {
        return times.isHourly() ? asTheClockShows(after) : oncePerLocalTime(after);
    }

    /** The moment of a local time never goes back as the local time goes on, so the first one that is later is it. */
    private Optional<Instant> oncePerLocalTime(Instant after) {
        Optional<LocalDateTime> local = times.next(LocalDateTime.ofInstant(after, zone));
        while (local.isPresent() && !moment(local.get()).isAfter(after)) {
            local = times.next(local.get());
        }
        return local.map(this::moment);
    }

    private Instant moment(LocalDateTime local) {
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition change = rules.getTransition(local);
        if (change == null) {
            return local.toInstant(rules.getOffset(local));
        }
        return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
    }

    /** Stretch by stretch between two changes of the clocks: within one, local times are moments. */
    private Optional<Instant> asTheClockShows(Instant after) {
        Instant from = after;
        while (true) {
            Optional<Instant> next = next(from, zone.getRules().getOffset(from));
            ZoneOffsetTransition change = zone.getRules().nextTransition(from);
            if (next.isEmpty() || change == null || next.get().isBefore(change.getInstant())) {
                return next;
            }
            Optional<Instant> first = next(change.getInstant().minusNanos(1), change.getOffsetAfter());
            if (first.equals(Optional.of(change.getInstant()))) {
                return first;
            }
            from = change.getInstant();
        }
    }

    private Optional<Instant> next(Instant after, ZoneOffset offset) {
        return times.next(LocalDateTime.ofInstant(after, offset)).map(local -> local.toInstant(offset));
    }
}
