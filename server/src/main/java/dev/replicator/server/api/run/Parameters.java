package dev.replicator.server.api.run;

import dev.replicator.server.api.Problem;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a request's query says; what it should not say is a problem that names the parameter. */
final class Parameters {
    private static final int LARGEST_PAGE = 1_000;
    private static final int PAGE = 50;

    private Parameters() {}

    static Optional<String> given(Context context, String name) {
        return Optional.ofNullable(context.queryParam(name)).filter(value -> !value.isEmpty());
    }

    static int pageSize(Context context) {
        return number(context, "pageSize", 1, LARGEST_PAGE, PAGE);
    }

    static int number(Context context, String name, int least, int most, int otherwise) {
        Optional<String> text = given(context, name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().matches("\\d{1,9}")
                || Integer.parseInt(text.get()) < least
                || Integer.parseInt(text.get()) > most) {
            throw Problem.badRequest(name + " is a number from " + least + " to " + most)
                    .thrown();
        }
        return Integer.parseInt(text.get());
    }

    /** One that has a number of milliseconds since 1970. */
    static Optional<Instant> time(Context context, String name) {
        try {
            return given(context, name)
                    .map(text -> OffsetDateTime.parse(text).toInstant().toEpochMilli())
                    .map(Instant::ofEpochMilli);
        } catch (DateTimeException | ArithmeticException e) {
            throw Problem.badRequest(name + " is a time such as 2026-01-31T08:00:00Z")
                    .thrown();
        }
    }

    /** @param word how a value is called in the API */
    static <T> Optional<T> oneOf(Context context, String name, T[] values, Function<T, String> word) {
        return given(context, name)
                .map(text -> Arrays.stream(values)
                        .filter(value -> word.apply(value).equals(text))
                        .findFirst()
                        .orElseThrow(() -> Problem.badRequest(name + " is one of "
                                        + Arrays.stream(values).map(word).collect(Collectors.joining(", ")))
                                .thrown()));
    }

    /** The beginning of keys: {@code prefix} as text, or {@code prefixBase64} for bytes that are none. */
    static byte[] prefix(Context context) {
        Optional<String> text = given(context, "prefix");
        Optional<String> encoded = given(context, "prefixBase64");
        if (text.isPresent() && encoded.isPresent()) {
            throw Problem.badRequest("prefix or prefixBase64, not both").thrown();
        }
        try {
            return encoded.map(Base64.getDecoder()::decode)
                    .orElseGet(() -> text.orElse("").getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("prefixBase64 is base64").thrown();
        }
    }
}
