package dev.replicator.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times of calendars, above all where clocks are changed. */
class CalendarTest {
    @ParameterizedTest(name = "{0}: {1}, from {2}: {3}, {4}, {5}")
    @CsvSource(textBlock = """
            Europe/Vienna,       30 2 * * *,   2026-03-28T03:00+01:00, 2026-03-29T03:00+02:00, 2026-03-30T02:30+02:00, 2026-03-31T02:30+02:00
            Europe/Vienna,       30 2 * * *,   2026-10-24T03:00+02:00, 2026-10-25T02:30+02:00, 2026-10-26T02:30+01:00, 2026-10-27T02:30+01:00
            Europe/Vienna,       */20 2 * * *, 2026-03-28T03:00+01:00, 2026-03-29T03:00+02:00, 2026-03-30T02:00+02:00, 2026-03-30T02:20+02:00
            Europe/Vienna,       '0 2,3 * * *', 2026-03-28T04:00+01:00, 2026-03-29T03:00+02:00, 2026-03-30T02:00+02:00, 2026-03-30T03:00+02:00
            Europe/Vienna,       30 * * * *,   2026-03-29T01:00+01:00, 2026-03-29T01:30+01:00, 2026-03-29T03:30+02:00, 2026-03-29T04:30+02:00
            Europe/Vienna,       0 * * * *,    2026-03-29T01:00+01:00, 2026-03-29T03:00+02:00, 2026-03-29T04:00+02:00, 2026-03-29T05:00+02:00
            Europe/Vienna,       30 * * * *,   2026-10-25T02:00+02:00, 2026-10-25T02:30+02:00, 2026-10-25T02:30+01:00, 2026-10-25T03:30+01:00
            Europe/Vienna,       0 * * * *,    2026-10-25T01:30+02:00, 2026-10-25T02:00+02:00, 2026-10-25T02:00+01:00, 2026-10-25T03:00+01:00
            America/New_York,    30 2 * * *,   2026-03-07T03:00-05:00, 2026-03-08T03:00-04:00, 2026-03-09T02:30-04:00, 2026-03-10T02:30-04:00
            America/New_York,    30 1 * * *,   2026-10-31T02:00-04:00, 2026-11-01T01:30-04:00, 2026-11-02T01:30-05:00, 2026-11-03T01:30-05:00
            Australia/Lord_Howe, 15 2 * * *,   2026-10-03T03:00+10:30, 2026-10-04T02:30+11:00, 2026-10-05T02:15+11:00, 2026-10-06T02:15+11:00
            Australia/Lord_Howe, 45 1 * * *,   2026-04-04T03:00+11:00, 2026-04-05T01:45+11:00, 2026-04-06T01:45+10:30, 2026-04-07T01:45+10:30
            Australia/Lord_Howe, 45 * * * *,   2026-04-05T01:00+11:00, 2026-04-05T01:45+11:00, 2026-04-05T01:45+10:30, 2026-04-05T02:45+10:30
            Pacific/Apia,        30 2 * * *,   2011-12-29T03:00-10:00, 2011-12-31T00:00+14:00, 2011-12-31T02:30+14:00, 2012-01-01T02:30+14:00
            Pacific/Apia,        0 * * * *,    2011-12-29T22:30-10:00, 2011-12-29T23:00-10:00, 2011-12-31T00:00+14:00, 2011-12-31T01:00+14:00
            UTC,                 0 0 29 2 *,   2026-01-01T00:00Z,      2028-02-29T00:00Z,      2032-02-29T00:00Z,      2036-02-29T00:00Z
            UTC,                 0 0 29 2 *,   2096-02-29T00:00Z,      2104-02-29T00:00Z,      2108-02-29T00:00Z,      2112-02-29T00:00Z
            UTC,                 0 0 31 * *,   2026-01-31T00:00Z,      2026-03-31T00:00Z,      2026-05-31T00:00Z,      2026-07-31T00:00Z
            UTC,                 0 0 13 * FRI, 2026-02-01T00:00Z,      2026-02-06T00:00Z,      2026-02-13T00:00Z,      2026-02-20T00:00Z
            """)
    void comesWhenTheZonesClocksSaySo(
            String zone, String cron, String from, String first, String second, String third) {
        List<ZonedDateTime> times = times(zone, cron, at(from)).limit(3).toList();

        assertThat(times.stream().map(ZonedDateTime::toInstant)).containsExactly(at(first), at(second), at(third));
    }

    @Test
    void aTimeWithinTheSecondPassOfAnHourDoesNotComeAgain() {
        Instant inTheSecondPass = at("2026-10-25T02:10+01:00");

        assertThat(times("Europe/Vienna", "30 2 * * *", inTheSecondPass).findFirst())
                .map(ZonedDateTime::toInstant)
                .contains(at("2026-10-26T02:30+01:00"));
    }

    private static Stream<ZonedDateTime> times(String zone, String cron, Instant from) {
        Calendar calendar = new Calendar(CronExpressions.parse(cron), ZoneId.of(zone));
        return Stream.iterate(
                        calendar.next(from).orElseThrow(),
                        time -> calendar.next(time).orElseThrow())
                .map(time -> time.atZone(ZoneId.of(zone)));
    }

    private static Instant at(String time) {
        return ZonedDateTime.parse(time).toInstant();
    }
}
