package dev.replicator.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** Numbers for people. Units are powers of 1,024. */
public final class Sizes {
    private static final String[] UNITS = {"KB", "MB", "GB", "TB", "PB", "EB"};

    private Sizes() {}

    /** {@code 145.32 KB}, {@code 2.00 MB}: two decimals, from KB up. */
    public static String bytes(long bytes) {
        double value = bytes / 1024.0;
        int unit = 0;
        while (value >= 1023.995 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.2f %s", value, UNITS[unit]);
    }

    /** {@code 41,208}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 object}, {@code 41,208 objects}. */
    public static String objects(long number) {
        return count(number) + (number == 1 ? " object" : " objects");
    }

    /** {@code 0.8 s}, {@code 12 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    public static String time(Duration duration) {
        if (duration.toMillis() < 10_000) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
