package dev.replicator.server.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/**
 * Cron expressions of five fields: minute, hour, day of the month, month, day of the week (0 and 7 are Sunday). Days of
 * the month and of the week are joined by "or" where both are given. Stateless and thread-safe.
 */
public final class CronExpressions {
    private static final Set<String> EVERY_HOUR = Set.of("*", "*/1", "0-23", "0-23/1");
    /** A day that comes every four years, but not in 2100. */
    private static final LocalDateTime SOME_DAY = LocalDateTime.of(2096, 3, 1, 0, 0);

    private CronExpressions() {}

    /** What is wrong with it, for people; empty when it can be understood and names a time that comes. */
    public static Optional<String> check(String expression) {
        try {
            return parse(expression).next(SOME_DAY).isPresent()
                    ? Optional.empty()
                    : Optional.of("no day is like that: it would never run");
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** @throws IllegalArgumentException when it can't be understood */
    static LocalTimes parse(String expression) {
        String[] fields = expression.trim().split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException(
                    "a cron expression has five fields (minute, hour, day of the month, month, day of the week), not "
                            + fields.length);
        }
        Cron cron = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                .parse(String.join(" ", fields))
                .validate();
        return new CronTimes(ExecutionTime.forCron(cron), EVERY_HOUR.contains(fields[1]));
    }

    /** The library is asked in a zone without changes only: those are our own matter. */
    private record CronTimes(ExecutionTime times, boolean isHourly) implements LocalTimes {
        @Override
        public Optional<LocalDateTime> next(LocalDateTime after) {
            return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(next -> next.toLocalDateTime());
        }
    }
}
