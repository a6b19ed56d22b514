package dev.replicator.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every calendar at every time. */
class CalendarPropertyTest {

    /** Minutes and hours only: such a time comes every day. */
    record Daily(int minute, String hours, ZoneId zone) {
        Calendar calendar() {
            return new Calendar(CronExpressions.parse(minute + " " + hours + " * * *"), zone);
        }

        /** Of hours that are an hour and a half where clocks are changed by half an hour, of days that a zone left out. */
        Duration period() {
            return hours.equals("*") ? Duration.ofMinutes(90) : Duration.ofHours(49);
        }

        boolean shows(LocalDateTime local) {
            return local.getMinute() == minute
                    && local.getSecond() == 0
                    && (hours.equals("*") || Integer.parseInt(hours) == local.getHour());
        }
    }

    @Property(tries = 400)
    void ascendsMatchesItsFieldsAndIsNeverFartherAwayThanItsPeriod(
            @ForAll("dailies") Daily daily, @ForAll("moments") Instant from) {
        Calendar calendar = daily.calendar();
        Instant at = from;
        for (int i = 0; i < 5; i++) {
            Instant next = calendar.next(at).orElseThrow();
            LocalDateTime local = LocalDateTime.ofInstant(next, daily.zone());

            assertThat(next).isAfter(at);
            assertThat(daily.shows(local) || isSetForwardAt(daily.zone(), next)).isTrue();
            assertThat(Duration.between(at, next)).isLessThanOrEqualTo(daily.period());
            at = next;
        }
    }

    @Property(tries = 200)
    void everyLocalDayThatExistsHasItsTimeOnce(@ForAll("dailies") Daily daily, @ForAll("moments") Instant from) {
        if (daily.hours().equals("*")) {
            return;
        }
        Calendar calendar = daily.calendar();
        Instant first = calendar.next(from).orElseThrow();
        Instant tenth = first;
        for (int i = 0; i < 9; i++) {
            tenth = calendar.next(tenth).orElseThrow();
        }

        long days = LocalDateTime.ofInstant(first, daily.zone())
                .toLocalDate()
                .until(LocalDateTime.ofInstant(tenth, daily.zone()).toLocalDate(), java.time.temporal.ChronoUnit.DAYS);
        assertThat(days).isBetween(8L, 10L);
    }

    @Property(tries = 200)
    void nothingLiesBetweenATimeAndTheNext(@ForAll("dailies") Daily daily, @ForAll("moments") Instant from) {
        Instant next = daily.calendar().next(from).orElseThrow();

        Instant between = from.plusMillis(Duration.between(from, next).toMillis() / 2);

        assertThat(daily.calendar().next(between)).isEqualTo(Optional.of(next));
    }

    private static boolean isSetForwardAt(ZoneId zone, Instant time) {
        ZoneOffsetTransition change = zone.getRules().nextTransition(time.minusNanos(1));
        return change != null && change.isGap() && change.getInstant().equals(time);
    }

    @Provide
    Arbitrary<Daily> dailies() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 59),
                        Arbitraries.oneOf(
                                Arbitraries.just("*"),
                                Arbitraries.integers().between(0, 4).map(String::valueOf),
                                Arbitraries.integers().between(0, 23).map(String::valueOf)),
                        Arbitraries.of(
                                        "Europe/Vienna",
                                        "America/New_York",
                                        "Australia/Lord_Howe",
                                        "Pacific/Apia",
                                        "Asia/Kathmandu",
                                        "Africa/Casablanca",
                                        "UTC")
                                .map(ZoneId::of))
                .as(Daily::new);
    }

    /** Any of some years, and many close to a change of clocks. */
    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.oneOf(
                between("2011-12-28T00:00:00Z", "2012-01-02T00:00:00Z"),
                between("2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z"),
                between("2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z"),
                between("2026-04-03T00:00:00Z", "2026-04-06T00:00:00Z"),
                between("2024-01-01T00:00:00Z", "2030-01-01T00:00:00Z"));
    }

    private static Arbitrary<Instant> between(String from, String to) {
        return Arbitraries.longs()
                .between(Instant.parse(from).toEpochMilli(), Instant.parse(to).toEpochMilli())
                .map(Instant::ofEpochMilli);
    }
}
