package dev.replicator.config.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 30m}, {@code 1h30m}, {@code 500ms}, {@code 2d}, or ISO-8601 {@code PT30M}. */
public final class Durations {
    private static final Pattern PARTS =
            Pattern.compile("(?:(\\d{1,15})d)?(?:(\\d{1,15})h)?(?:(\\d{1,15})m)?(?:(\\d{1,15})s)?(?:(\\d{1,15})ms)?");
    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

    private Durations() {}

    /**
     * Reads a duration of 0 or more; a day is 24 hours. A bare {@code 0} is zero, any other number needs its unit.
     *
     * @throws IllegalArgumentException saying what is expected, without repeating {@code text}
     */
    public static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher parts = PARTS.matcher(text);
        if (!text.isEmpty() && parts.matches()) {
            return sum(parts);
        }
        return iso(text);
    }

    private static Duration sum(Matcher parts) {
        try {
            long millis = 0;
            for (int i = 0; i < MILLIS.length; i++) {
                String digits = parts.group(i + 1);
                if (digits != null) {
                    millis = Math.addExact(millis, Math.multiplyExact(Long.parseLong(digits), MILLIS[i]));
                }
            }
            return Duration.ofMillis(millis);
        } catch (ArithmeticException e) {
            throw malformed(e);
        }
    }

    private static Duration iso(String text) {
        try {
            Duration duration = Duration.parse(text.toUpperCase(Locale.ROOT));
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw malformed(e);
        }
        throw new IllegalArgumentException("is negative; a duration is 0 or more");
    }

    private static IllegalArgumentException malformed(Exception cause) {
        return new IllegalArgumentException("is not a duration; write 30m, 1h30m, 500ms, 2d or PT30M", cause);
    }

    /** The shortest such text that {@link #parse} reads as the same duration; ISO-8601 below a millisecond. */
    public static String format(Duration duration) {
        if (duration.isNegative()
                || duration.getNano() % 1_000_000 != 0
                || duration.getSeconds() > Long.MAX_VALUE / 1_000 - 1) {
            return duration.toString();
        }
        StringBuilder text = new StringBuilder();
        long rest = duration.toMillis();
        for (int i = 0; i < MILLIS.length; i++) {
            long count = rest / MILLIS[i];
            rest -= count * MILLIS[i];
            if (count > 0) {
                text.append(count).append(UNITS[i]);
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }
}
