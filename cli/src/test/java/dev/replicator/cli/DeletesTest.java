package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletesTest {
    @TempDir
    Path directory;

    private Path prod;

    @BeforeEach
    void anObjectThatOnlyTheDestinationHas() {
        prod = directory.resolve("prod");
        Directories.put(directory.resolve("dev"), "new.txt", "new");
        Directories.put(prod, "old.txt", "old");
    }

    @Test
    void withoutATerminalAndWithoutYesNothingIsBegun() {
        Invocation.Ended ended =
                Invocation.in(directory).run("sync", "dev", "prod", "--delete").expect(5);

        assertThat(ended.err()).contains("--yes").contains("no terminal");
        assertThat(Directories.everything(prod)).containsOnlyKeys("old.txt");
    }

    @Test
    void yesAllows() {
        Invocation.in(directory).run("sync", "dev", "prod", "--delete", "--yes").expect(0);

        assertThat(Directories.content(prod)).containsOnlyKeys("new.txt");
    }

    @Test
    void aPersonIsAskedWithTheCounts() {
        Invocation.Ended ended = Invocation.in(directory)
                .typing("yes\n")
                .run("sync", "dev", "prod", "--delete")
                .expect(0);

        assertThat(ended.err()).contains("Delete 1 object from file://" + prod);
        assertThat(Directories.content(prod)).containsOnlyKeys("new.txt");
    }

    @Test
    void anyOtherAnswerKeepsTheObjectsAndTheCopies() {
        Invocation.Ended ended = Invocation.in(directory)
                .typing("no\n")
                .run("sync", "dev", "prod", "--delete")
                .expect(5);

        assertThat(Directories.content(prod)).containsOnlyKeys("new.txt", "old.txt");
        assertThat(ended.err()).contains("consent was not given");
    }

    @Test
    void theEndOfInputIsNoConsent() {
        Invocation.in(directory)
                .typing("")
                .run("sync", "dev", "prod", "--delete")
                .expect(5);

        assertThat(Directories.content(prod)).containsKey("old.txt");
    }

    @Test
    void anAdditiveSyncIsNotAsked() {
        Invocation.Ended ended = Invocation.in(directory)
                .typing("yes\n")
                .run("sync", "dev", "prod")
                .expect(0);

        assertThat(ended.err()).doesNotContain("Delete");
    }

    @Test
    void theLimitClosesTheGate() {
        JsonNode json = Invocation.in(directory)
                .run("sync", "dev", "prod", "--delete", "--yes", "--max-delete", "0", "-o", "json")
                .expect(5)
                .json();

        assertThat(json.path("gate").path("verdict").asText()).isEqualTo("CLOSED");
        assertThat(json.path("outcome").asText()).isEqualTo("REFUSED");
        assertThat(Directories.content(prod)).containsOnlyKeys("new.txt", "old.txt");
    }

    @Test
    void aLimitWithoutDeletesIsAMisunderstanding() {
        assertThat(Invocation.in(directory)
                        .run("sync", "dev", "prod", "--max-delete", "5")
                        .expect(2)
                        .err())
                .contains("--delete");
    }

    @Test
    void aLimitMustBeANumberOrAPercentage() {
        assertThat(Invocation.in(directory)
                        .run("sync", "dev", "prod", "--delete", "--max-delete", "some")
                        .expect(2)
                        .err())
                .contains("--max-delete 'some'");
    }

    @Test
    void aPlanWithDeletesIsAppliedWithConsentOnly() {
        Invocation.in(directory)
                .run("plan", "dev", "prod", "--delete", "--out", "a.plan")
                .expect(0);

        Invocation.in(directory).run("apply", "a.plan").expect(5);
        assertThat(Directories.content(prod)).containsOnlyKeys("old.txt");

        Invocation.in(directory).run("apply", "a.plan", "--yes").expect(0);
        assertThat(Directories.content(prod)).containsOnlyKeys("new.txt");
    }
}
