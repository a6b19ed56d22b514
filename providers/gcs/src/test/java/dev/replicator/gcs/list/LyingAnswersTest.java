package dev.replicator.gcs.list;

import static dev.replicator.gcs.list.Answers.entry;
import static dev.replicator.gcs.list.Answers.page;
import static dev.replicator.gcs.list.Answers.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.KeyPrefix;
import dev.replicator.store.KeyRange;
import dev.replicator.store.ListRequest;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.remote.NotProven;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that a client must not take for a listing; each differs from an acceptable one by its lie alone. */
class LyingAnswersTest {

    static Stream<Arguments> lies() {
        String good = page(entry("a"), entry("b"));
        return Stream.of(
                Arguments.of("an empty body", "", "empty"),
                Arguments.of("white space", "  \n ", "empty"),
                Arguments.of("a login page", "<!DOCTYPE html><html><body>Sign in</body></html>", "not JSON"),
                Arguments.of("a list", "[]", "not JSON"),
                Arguments.of("a word", "null", "not JSON"),
                Arguments.of("an empty object", "{}", "no listing"),
                Arguments.of("another kind", good.replace("storage#objects", "storage#object"), "no listing"),
                Arguments.of("no kind", good.replace("\"kind\":\"storage#objects\",", ""), "no listing"),
                Arguments.of("two kinds", good.replace("{\"kind\"", "{\"kind\":\"a\",\"kind\""), "twice"),
                Arguments.of("two lists", good.replace("{\"kind\"", "{\"items\":[],\"kind\""), "two lists"),
                Arguments.of("another bucket", good.replace("photos", "videos"), "another bucket, videos"),
                Arguments.of("no bucket", good.replace("\"bucket\":\"photos\",", ""), "without bucket"),
                Arguments.of("no name", good.replace("\"name\":\"a\",", ""), "without name"),
                Arguments.of("two names", good.replace("\"name\":\"a\"", "\"name\":\"a\",\"name\":\"b\""), "twice"),
                Arguments.of("an empty name", page(entry("")), "empty key"),
                Arguments.of("names out of order", page(entry("b"), entry("a")), "do not ascend"),
                Arguments.of("a name twice", page(entry("a"), entry("a")), "comes twice"),
                Arguments.of("order of UTF-16", page(entry("\uD83D\uDE00"), entry("\uFFFD")), "do not ascend"),
                Arguments.of("no size", good.replace("\"size\":\"434234\",", ""), "without size"),
                Arguments.of("a negative size", good.replace("434234", "-1"), "malformed number"),
                Arguments.of("an empty size", good.replace("434234", ""), "malformed number"),
                Arguments.of("a huge size", good.replace("434234", "9999999999999999999"), "beyond 64 bits"),
                Arguments.of("a longer size", good.replace("434234", "99999999999999999999"), "malformed number"),
                Arguments.of("a broken size", good.replace("\"434234\"", "1.5"), "malformed number"),
                Arguments.of("no generation", good.replace("\"generation\":\"1700000000000001\",", ""), "generation"),
                Arguments.of("no time", good.replace("\"timeCreated\":\"2026-01-02T03:04:05.678Z\",", ""), "timeCr"),
                Arguments.of("an odd time", good.replace("2026-01-02T", "2026-13-02T"), "malformed timeCreated"),
                Arguments.of("a local time", good.replace("678Z", "678+02:00"), "malformed timeCreated"),
                Arguments.of("an empty token", truncated("", entry("a")), "without a token"),
                Arguments.of("a torn escape", page(entry("a\\u00")), "malformed escape"),
                Arguments.of("an odd escape", page(entry("a\\x41")), "malformed escape"),
                Arguments.of("half a surrogate", page(entry("a\\uD83D")), "malformed escape"),
                Arguments.of("a raw control character", page(entry("a\u0001b")), "control character"),
                Arguments.of("a missing comma", good.replace("},{", "}{"), "not JSON"),
                Arguments.of("a comma too many", good.replace("},{", "},,{"), "not JSON"),
                Arguments.of("a comma at the end", good.replace("]}", ",]}"), "not JSON"),
                Arguments.of("two documents", good + good, "behind its end"),
                Arguments.of("an odd word", good.replace("{\"kind\"", "{\"more\":yes,\"kind\""), "not JSON"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void isNotProven(String name, String body, String why) throws NotProven {
        assertThat(Answers.names(Answers.proven(page(entry("a"), entry("b"))))).containsExactly("a", "b");

        assertThatThrownBy(() -> Answers.proven(body))
                .isInstanceOf(NotProven.class)
                .hasMessageContaining(why);
    }

    @Test
    void isNotProvenWhereverTheBodyEndsEarly() {
        byte[] body = truncated("t", entry("a"), entry("b")).getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < body.length; length++) {
            byte[] torn = Arrays.copyOf(body, length);
            assertThatThrownBy(() -> new Answers.Reader(ListRequest.everything()).read(torn))
                    .as("%d of %d bytes", length, body.length)
                    .isInstanceOf(NotProven.class);
        }
    }

    @Test
    void isNotProvenOutsideThePrefixOrWithMoreThanWasAskedFor() {
        assertThatThrownBy(() -> Answers.proven(ListRequest.of(KeyPrefix.of("b")), page(entry("a"))))
                .hasMessageContaining("outside the prefix");
        assertThatThrownBy(() -> Answers.proven(ListRequest.everything().paged(1), page(entry("a"), entry("b"))))
                .hasMessageContaining("2 entries where 1");
    }

    @Test
    void isNotProvenWhenPagesRepeatOrGoBack() throws NotProven {
        Answers.Reader repeating = new Answers.Reader(ListRequest.everything());
        repeating.read(truncated("t1", entry("a"), entry("b")));
        assertThatThrownBy(() -> repeating.read(truncated("t1", entry("c")))).hasMessageContaining("token repeats");

        Answers.Reader backwards = new Answers.Reader(ListRequest.everything());
        backwards.read(truncated("t1", entry("b")));
        assertThatThrownBy(() -> backwards.read(page(entry("a")))).hasMessageContaining("do not ascend behind");
        assertThatThrownBy(() -> backwards.read(page(entry("b")))).hasMessageContaining("comes twice");
    }

    @Test
    void isNotProvenBelowWhereItStarted() {
        ListRequest request = ListRequest.everything().within(KeyRange.after(ObjectKey.of("m")));

        assertThatThrownBy(() -> Answers.proven(request, page(entry("a"), entry("z"))))
                .hasMessageContaining("do not ascend behind");
    }

    @Test
    void doesNotShowTheKeyThatItStartedAt() throws NotProven {
        ListRequest request = ListRequest.everything().within(KeyRange.after(ObjectKey.of("m")));

        assertThat(Answers.names(Answers.proven(request, page(entry("m"), entry("z")))))
                .containsExactly("z");
    }
}
