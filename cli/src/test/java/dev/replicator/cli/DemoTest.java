package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
    @TempDir
    Path directory;

    @Test
    void goesThroughPlanSyncValidateAndNothingToDo() {
        Invocation.Ended ended = Invocation.in(directory).run("demo").expect(0);

        assertThat(ended.out())
                .contains("$ replicator sync replicator-demo/dev replicator-demo/prod")
                .contains("✓ Synced: uploads/日本語/カタログ.pdf")
                .contains("✓ Valid: ")
                .contains("Outcome:    NOTHING_TO_DO");
        assertThat(Directories.content(directory.resolve("replicator-demo/prod")))
                .hasSizeBetween(55, 70)
                .containsKeys("uploads/a", "uploads/a.txt", "uploads/emoji-🚀-launch.png", "public/empty.txt")
                .isEqualTo(Directories.content(directory.resolve("replicator-demo/dev")));
    }

    @Test
    void againItMakesAChangeAndSyncsJustThat() {
        Invocation.in(directory).run("demo").expect(0);

        Invocation.Ended again = Invocation.in(directory).run("demo").expect(0);

        assertThat(again.out()).contains("Plan: 1 to copy, 1 to overwrite").contains("(1 new, 1 overwritten)");
        assertThat(Invocation.in(directory).run("demo").expect(0).out()).contains("Plan: 1 to copy, 1 to overwrite");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "üml", "-dash"})
    void worksInADirectoryOfAnyName(String name) {
        Invocation.in(directory).run("demo", "--dir=" + name).expect(0);

        assertThat(Directories.content(directory.resolve(name).resolve("prod"))).isNotEmpty();
    }

    @Test
    void whatItSuggestsWorksAsPrinted() {
        List<String> suggested = Invocation.in(directory)
                .run("demo", "--dir", "my demo")
                .expect(0)
                .out()
                .lines()
                .filter(line -> line.startsWith("  replicator "))
                .toList();

        assertThat(suggested).hasSizeGreaterThan(4);
        for (String line : suggested) {
            Invocation.in(directory)
                    .run(ShellWords.of(line).stream().skip(1).toList())
                    .expect(0);
        }
    }
}
