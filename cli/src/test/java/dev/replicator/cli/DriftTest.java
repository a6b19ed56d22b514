package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftTest {
    @TempDir
    Path directory;

    private Path prod;

    @BeforeEach
    void job() throws IOException {
        prod = directory.resolve("prod");
        Files.createDirectories(prod);
        for (String name : new String[] {"a.txt", "b.txt", "c.txt"}) {
            Directories.put(directory.resolve("dev"), "public/" + name, name);
        }
        Files.writeString(directory.resolve("replicator.yaml"), """
                version: 1
                jobs:
                  media:
                    source: ./dev
                    destination: ./prod
                    paths: [ { from: public/, to: www/ } ]
                """);
    }

    private Invocation.Ended run(String... words) {
        return Invocation.in(directory).run(words);
    }

    private void drifted() throws IOException {
        run("sync", "media").expect(0);
        Directories.put(prod, "www/a.txt", "edited by hand");
        Files.delete(prod.resolve("www/b.txt"));
        Directories.put(prod, "www/d.txt", "added");
    }

    @Test
    void beforeTheFirstRunThereIsNothingToTell() {
        Invocation.Ended ended = run("drift", "media", "-o", "json").expect(0);

        assertThat(ended.json().path("baseline").asBoolean(true)).isFalse();
        assertThat(ended.err()).contains("no baseline yet");
    }

    @Test
    void withoutDriftTheExitIsZero() {
        run("sync", "media").expect(0);

        assertThat(run("drift").expect(0).out()).contains("No drift");
    }

    @Test
    void listsWhatWasEditedDeletedAndAdded() throws IOException {
        drifted();

        assertThat(run("drift", "media").expect(3).out())
                .contains("~ edited   www/a.txt")
                .contains("- deleted  www/b.txt")
                .contains("+ added    www/d.txt");
    }

    @Test
    void countsThemInOneDocument() throws IOException {
        drifted();

        JsonNode json = run("drift", "media", "-o", "json").expect(3).json();

        assertThat(json.path("baseline").asBoolean()).isTrue();
        assertThat(json.path("edited").asInt()).isEqualTo(1);
        assertThat(json.path("deleted").asInt()).isEqualTo(1);
        assertThat(json.path("added").asInt()).isEqualTo(1);
    }

    @Test
    void aBaselineThatCantBeUsedIsAFailure() throws IOException {
        drifted();
        Files.writeString(prod.resolve(".replicator/media/baseline/current.json"), "torn");

        assertThat(run("drift", "media").expect(1).err()).contains("baseline can't be used");
    }

    @Test
    void aPlanSaysWhatIsKept() throws IOException {
        drifted();

        assertThat(run("plan", "media", "--on-drift", "keep").expect(0).out())
                .contains("! keep")
                .contains("drift: edited")
                .contains("drift: deleted")
                .contains("2 drifted");
    }

    @Test
    void aSyncNamesAndCountsThem() throws IOException {
        drifted();

        assertThat(run("sync", "media", "--dry-run").expect(0).out())
                .contains("Drifted: www/a.txt (edited by others)")
                .contains("Drifted:    2");
        JsonNode json = run("sync", "media", "-o", "json").expect(0).json();
        assertThat(json.path("drifted").asInt()).isEqualTo(2);
    }

    @Test
    void aKeptPlanCanBeWrittenAndApplied() throws IOException {
        drifted();
        Directories.put(directory.resolve("dev"), "public/new.txt", "new");

        run("plan", "media", "--on-drift", "keep", "--out", "p").expect(0);
        run("apply", "p").expect(0);

        assertThat(prod.resolve("www/a.txt")).hasContent("edited by hand");
        assertThat(prod.resolve("www/b.txt")).doesNotExist();
        assertThat(prod.resolve("www/new.txt")).hasContent("new");
    }

    @Test
    void twoLocationsHaveNone() {
        assertThat(run("drift", "dev", "prod").expect(2).err()).contains("job's name");
        assertThat(run("sync", "dev", "prod", "--on-drift", "keep").expect(2).err())
                .contains("--on-drift");
    }

    @Test
    void itsHelpNamesEveryKindAndTakesNoOptionWithoutEffect() {
        assertThat(run("drift", "--help").expect(0).out())
                .contains("edited", "metadata", "deleted", "added")
                .doesNotContain("--compare-metadata");
        assertThat(run("drift", "media", "--compare-metadata").expect(2).err()).contains("--compare-metadata");
    }
}
