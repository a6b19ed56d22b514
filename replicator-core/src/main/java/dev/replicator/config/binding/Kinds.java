package dev.replicator.config.binding;

import dev.replicator.config.text.Durations;
import dev.replicator.config.text.Sizes;
import dev.replicator.config.text.Suggestions;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The kinds of values that a configuration knows. */
public final class Kinds {
    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final int LONGEST_TEXT = 2_048;
    private static final String AUTO = "auto";

    private Kinds() {}

    private record Simple<T>(Function<String, T> reader, Map<String, Object> schema, boolean quotable)
            implements Kind<T> {
        @Override
        public T read(String text) {
            return reader.apply(text);
        }
    }

    private static <T> Kind<T> kind(Function<String, T> reader, Map<String, Object> schema) {
        return new Simple<>(reader, schema, true);
    }

    /** One line of text without control characters. */
    public static Kind<String> text() {
        return kind(Kinds::line, Map.of("type", "string"));
    }

    /** Text that {@code check} accepts as it is or turns into something else; see {@link Kind#read} for its errors. */
    public static <T> Kind<T> checked(Function<String, T> check) {
        return kind(text -> check.apply(line(text)), Map.of("type", "string"));
    }

    /** As {@link #checked}, of text that is never quoted. */
    public static <T> Kind<T> unquoted(Function<String, T> check) {
        return new Simple<>(text -> check.apply(line(text)), Map.of("type", "string"), false);
    }

    private static String line(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("is longer than " + LONGEST_TEXT + " characters");
        }
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("holds a control character");
        }
        return text;
    }

    /** A constant of an enum, written in kebab-case. */
    public static <E extends Enum<E>> Kind<E> word(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return word(words);
    }

    /** One of these words. */
    public static Kind<String> oneOf(String... words) {
        Map<String, String> known = new LinkedHashMap<>();
        Arrays.stream(words).forEach(word -> known.put(word, word));
        return word(known);
    }

    /** One of these words, each with what it means. */
    public static <T> Kind<T> word(Map<String, T> known) {
        List<String> words = List.copyOf(known.keySet());
        return kind(
                text -> Optional.ofNullable(known.get(text))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "is none of " + String.join(", ", words) + Suggestions.question(text, words))),
                Map.of("enum", words));
    }

    /** {@code true} or {@code false}. */
    public static Kind<Boolean> flag() {
        return kind(
                text -> {
                    if (text.equals("true") || text.equals("false")) {
                        return text.equals("true");
                    }
                    throw new IllegalArgumentException("is neither true nor false");
                },
                Map.of("type", "boolean"));
    }

    /** A whole number within bounds, both inclusive. */
    public static Kind<Long> whole(long least, long most) {
        return kind(
                text -> {
                    if (!text.matches("-?\\d{1,18}")) {
                        throw new IllegalArgumentException("is not a whole number");
                    }
                    long number = Long.parseLong(text);
                    if (number < least || number > most) {
                        throw new IllegalArgumentException(
                                least == most ? "must be " + least : "is not between " + least + " and " + most);
                    }
                    return number;
                },
                ordered("type", "integer", "minimum", least, "maximum", most));
    }

    /** 0 to 100, with or without a percent sign. */
    public static Kind<Double> percent() {
        return kind(
                text -> {
                    if (!text.matches("\\d{1,3}(\\.\\d{1,6})? ?%?")) {
                        throw new IllegalArgumentException("is not a percentage; write 10, 0.5 or 10%");
                    }
                    double percent = Double.parseDouble(text.replace("%", "").strip());
                    if (percent > 100) {
                        throw new IllegalArgumentException("is more than 100 percent");
                    }
                    return percent;
                },
                anyOf(
                        ordered("type", "number", "minimum", 0, "maximum", 100),
                        ordered("type", "string", "pattern", "^\\d{1,3}(\\.\\d{1,6})? ?%$")));
    }

    /** A duration of {@code least} or more, up to ten years. */
    public static Kind<Duration> duration(Duration least) {
        return kind(
                text -> {
                    Duration duration = Durations.parse(text);
                    if (duration.compareTo(least) < 0) {
                        throw new IllegalArgumentException(
                                "is too short; " + Durations.format(least) + " is the least");
                    }
                    if (duration.compareTo(LONGEST) > 0) {
                        throw new IllegalArgumentException("is longer than ten years");
                    }
                    return duration;
                },
                anyOf(ordered("type", "string", "pattern", "^(0|(\\d+(d|h|ms|m|s))+|[Pp].+)$"), Map.of("const", 0)));
    }

    /** A number of bytes within bounds, both inclusive. */
    public static Kind<Long> size(long least, long most) {
        return kind(
                text -> within(Sizes.parse(text), least, most),
                anyOf(
                        ordered("type", "integer", "minimum", least, "maximum", most),
                        ordered("type", "string", "pattern", "^\\d+(\\.\\d+)? ?(([KkMmGgTtPp][Ii]?)?[Bb])?$")));
    }

    /** Bytes per second: a size, with or without {@code /s}. */
    public static Kind<Long> rate() {
        return kind(
                text -> within(
                        Sizes.parse(text.endsWith("/s") ? text.substring(0, text.length() - 2) : text),
                        1,
                        Long.MAX_VALUE),
                anyOf(
                        ordered("type", "integer", "minimum", 1),
                        ordered("type", "string", "pattern", "^\\d+(\\.\\d+)? ?(([KkMmGgTtPp][Ii]?)?[Bb])?(/s)?$")));
    }

    private static long within(long bytes, long least, long most) {
        if (bytes < least) {
            throw new IllegalArgumentException("is too small; " + Sizes.format(least) + " is the least");
        }
        if (bytes > most) {
            throw new IllegalArgumentException("is too large; " + Sizes.format(most) + " is the most");
        }
        return bytes;
    }

    /** {@code auto}, which is absent, or a value of {@code other}. */
    public static <T> Kind<Optional<T>> autoOr(Kind<T> other) {
        return new Simple<>(
                text -> text.equals(AUTO) ? Optional.empty() : Optional.of(other.read(text)),
                anyOf(Map.of("const", AUTO), other.schema()),
                other.quotable());
    }

    /** Any of these schemas; alternatives of alternatives are written out side by side, and no text needs naming twice. */
    @SafeVarargs
    static Map<String, Object> anyOf(Map<String, Object>... schemas) {
        Set<Object> alternatives = new LinkedHashSet<>();
        for (Map<String, Object> schema : schemas) {
            Object inner = schema.get("anyOf");
            if (inner instanceof List<?> several) {
                alternatives.addAll(several);
            } else {
                alternatives.add(schema);
            }
        }
        return alternatives.size() == 1 ? schemas[0] : Map.of("anyOf", List.copyOf(alternatives));
    }

    static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
