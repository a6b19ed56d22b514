package dev.replicator.server.browser;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.server.http.ProblemCode;
import org.junit.jupiter.api.Test;

/** Answers that no server gave are of the API's description nevertheless; for this no browser is needed. */
class AnswersTest {
    @Test
    void whatTheScreensAreShownTheServerCouldHaveAnswered() throws Exception {
        Answers.busy(CannedServer.start()).close();
    }

    @Test
    void whatTheServerCouldNotAnswerIsRefused() throws Exception {
        try (CannedServer server = CannedServer.start()) {
            assertThatThrownBy(() -> server.on("GET jobs", 200, "{\"items\":[{\"name\":\"media\"}]}"))
                    .isInstanceOf(AssertionError.class);
            assertThatThrownBy(() -> server.on("GET nothing", 200, "{}")).isInstanceOf(AssertionError.class);
            assertThatThrownBy(() -> server.on("GET jobs", 404, "{\"title\":\"What?\"}"))
                    .isInstanceOf(AssertionError.class);
            server.on("GET jobs/other", ProblemCode.NOT_FOUND, "no job of the configuration has this name");
        }
    }
}
