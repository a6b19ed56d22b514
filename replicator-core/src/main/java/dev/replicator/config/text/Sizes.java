package dev.replicator.config.text;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers of bytes as people write them: {@code 16MiB} (1,024s), {@code 10MB} (1,000s), {@code 1024}. Units in any case;
 * {@code 16M} is refused, since it means either.
 */
public final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?) ?([A-Za-z]*)");
    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("kb", 1_000L),
            Map.entry("mb", 1_000_000L),
            Map.entry("gb", 1_000_000_000L),
            Map.entry("tb", 1_000_000_000_000L),
            Map.entry("pb", 1_000_000_000_000_000L),
            Map.entry("kib", 1L << 10),
            Map.entry("mib", 1L << 20),
            Map.entry("gib", 1L << 30),
            Map.entry("tib", 1L << 40),
            Map.entry("pib", 1L << 50));

    private Sizes() {}

    /**
     * Reads a number of bytes, 0 or more.
     *
     * @throws IllegalArgumentException saying what is expected, without repeating {@code text}
     */
    public static long parse(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException("is not a size; write 16MiB, 5GiB, 10MB or 1024");
        }
        long unit = Optional.ofNullable(UNITS.get(size.group(2).toLowerCase(Locale.ROOT)))
                .orElseThrow(() -> new IllegalArgumentException(
                        "has no unit of bytes; write KiB, MiB, GiB, TiB (1,024s) or kB, MB, GB, TB (1,000s)"));
        try {
            return new BigDecimal(size.group(1))
                    .multiply(BigDecimal.valueOf(unit))
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("is not a whole number of bytes below 8 EiB", e);
        }
    }

    /** The same number of bytes in the largest binary unit that divides it: {@code 16MiB}, {@code 1000B}. */
    public static String format(long bytes) {
        int unit = 0;
        long count = bytes;
        while (count != 0 && count % 1_024 == 0 && unit < BINARY.length - 1) {
            count /= 1_024;
            unit++;
        }
        return count + BINARY[unit];
    }
}
